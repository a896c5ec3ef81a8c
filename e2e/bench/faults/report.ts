import type { BenchRow } from "../row";
import type { Money, Unsettled } from "./books";
import type { Posts } from "./deliveries";
import type { Injected } from "./disasters";
import type { Installation } from "./installation";
import type { Mortal } from "./mortal";
import type { Verdict } from "./verdict";

type Outcome = {
  questions: number;
  verdict: Verdict;
  burst: Verdict;
  money: Money;
  unsettled: Unsettled;
  hasSettled: boolean;
  deadJobs: { task: string; error: string | null }[];
  posts: Posts;
  installation: Installation;
  seconds: { sent: number; settled: number };
};

/** The run as a table. Promises fail the command; figures inform. */
export function faultRows(outcome: Outcome): BenchRow[] {
  const { verdict, burst, money, unsettled, posts, installation, seconds } = outcome;
  const { fates } = verdict;
  show("lost or pending", verdict.lost);
  show("doubled", verdict.doubled);
  show("answered twice", verdict.answeredTwice);
  show("recorded as sent, never accepted", verdict.phantoms);
  show("long answers in disorder", verdict.garbled);
  show(
    "jobs without attempts left",
    outcome.deadJobs.map(({ task, error }) => `${task}: ${error?.slice(0, 160)}`),
  );
  const sumOf = (mortals: Mortal[], key: "kills" | "deaths") => mortals.reduce((sum, mortal) => sum + mortal[key], 0);
  const { workers, webs, cluster } = installation;
  return [
    figure("updates", outcome.questions, ""),
    figure("deliveries of them, three at once", posts.sent, ""),
    figure("deliveries that met a dead or failing web process", posts.broken + posts.refused, ""),
    figure("workers killed", sumOf(workers, "kills"), ""),
    figure("web processes killed", sumOf(webs, "kills"), ""),
    figure("database outages", cluster.outages, ""),
    promise("processes that ended by themselves", sumOf(workers, "deaths") + sumOf(webs, "deaths")),
    promise("updates not acknowledged", outcome.questions - posts.acknowledged),
    promise("lost", fates.lost),
    promise("still pending at the end", fates.pending),
    promise("doubled", verdict.doubled.length),
    figure("doubled, and shown as uncertain", verdict.doubledUncertain, ""),
    promise("answered twice in other words", verdict.answeredTwice.length),
    promise("recorded as sent, never arrived", verdict.phantoms.length),
    promise("long answers incomplete or out of order", verdict.garbled.length),
    promise("parts that overtook an earlier one", verdict.overtakings),
    figure("answered", fates.answered, ""),
    figure("uncertain, shown as such", fates.uncertain, ""),
    figure("uncertain parts", verdict.uncertainParts.all, ""),
    figure("uncertain parts that did arrive", verdict.uncertainParts.arrived, ""),
    figure("not delivered, shown as failed", fates.undelivered, ""),
    figure("told that there is no answer", fates.told, ""),
    figure("messages of bursts per answer", burst.messagesPerAnswer, ""),
    figure("answers", money.answers, ""),
    promise("charges beside answers", money.charges - money.answers),
    promise("answers without a charge", money.unpaid),
    promise("answers charged twice", money.paidTwice),
    promise("charges without an answer", money.foreign),
    { ...promise("sum of the ledger", Number(money.sumMicros)), unit: "micros" },
    promise("transactions that do not sum to zero", money.lopsided),
    promise("wallets that disagree with the ledger", money.disagreeing),
    promise("negative wallets", money.negative),
    promise("open holds after settling", money.openHolds),
    promise("stuck updates", unsettled.updates),
    promise("stuck parts", unsettled.parts),
    promise("stuck jobs", unsettled.jobs),
    figure("time until everything was sent", seconds.sent, "s"),
    figure("time until everything had settled", seconds.settled, "s"),
  ];
}

/** What was broken on purpose, for the reader of the table. */
export function printInjected(injected: Injected): void {
  console.log("\n  broken on purpose");
  for (const [name, times] of [...injected].sort()) console.log(`    ${name}: ${times}`);
}

const figure = (name: string, value: number, unit: string): BenchRow => ({ name, value, unit });

const promise = (name: string, value: number): BenchRow => ({
  name,
  value,
  unit: "",
  budget: "0",
  ok: value === 0,
  isPromise: true,
});

const SHOWN = 20;

function show(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`\n  ${title}`);
  for (const line of lines.slice(0, SHOWN)) console.log(`    ${line}`);
  if (lines.length > SHOWN) console.log(`    and ${lines.length - SHOWN} more`);
}
