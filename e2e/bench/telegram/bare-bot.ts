import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { z } from "zod";

// The floor of a reply: plain Node takes the update, asks the model with nothing but the question, sends the answer, and
// writes both down. The path names the bot by its token. No tenant, no order, no money, no second try.
const sql = postgres(process.env.DATABASE_URL ?? "", { max: 15, onnotice: () => undefined });
const update = z.object({ message: z.object({ chat: z.object({ id: z.number() }), text: z.string() }) });
const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

await sql`create table if not exists floor_replies (id bigserial primary key, chat_id bigint, question text, answer text)`;
const server = createServer((request, response) => {
  void (async () => {
    const { message } = update.parse(JSON.parse(await text(request)));
    const [row] = await sql<{ id: string }[]>`
      insert into floor_replies (chat_id, question) values (${message.chat.id}, ${message.text}) returning id`;
    response.end();
    const answered = await post(`${process.env.OPENAI_BASE_URL}/chat/completions`, {
      model: "bench-model",
      messages: [{ role: "user", content: message.text }],
    });
    const answer = completion.parse(answered).choices[0]?.message.content ?? "";
    const sendMessage = `${process.env.TELEGRAM_API_ROOT}/bot${request.url?.slice(1)}/sendMessage`;
    // A bot that is too fast is told to wait.
    while (!z.object({ ok: z.boolean() }).parse(await post(sendMessage, { chat_id: message.chat.id, text: answer })).ok)
      await delay(50);
    await sql`update floor_replies set answer = ${answer} where id = ${row?.id ?? 0}`;
  })();
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("ready"));

async function post(url: string, body: object): Promise<unknown> {
  const headers = { "content-type": "application/json", authorization: "Bearer sk-bench" };
  return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json();
}
