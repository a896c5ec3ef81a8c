import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { startEmbeddedPostgres } from "@/server/embedded-postgres";
import { FakePusher } from "./fakes/pusher-server";
import { expect, test } from "./fixtures";
import { AssistantEditor } from "./pages/assistant-editor";
import { LiveDialog } from "./pages/live-dialog";
import { SignUp } from "./pages/sign-up";
import { type Stack, startStack } from "./stack";

test.describe("Pusher as the transport", () => {
  test.describe.configure({ mode: "serial", timeout: 180_000 });
  let pusher: FakePusher;
  let stack: Stack;
  let sql: postgres.Sql;
  let stopDatabase: () => Promise<void>;

  // An installation of its own: which transport serves is a setting of the whole.
  test.beforeAll(async ({ surroundings }) => {
    test.setTimeout(300_000);
    pusher = await new FakePusher().start();
    stack = await startStack({
      env: {
        OPENAI_BASE_URL: `http://127.0.0.1:${surroundings.modelPort}/v1`,
        OPENAI_API_KEY: "sk-journeys",
        TELEGRAM_API_ROOT: `http://127.0.0.1:${surroundings.telegramPort}`,
        PUSHER_APP_ID: pusher.app.appId,
        PUSHER_KEY: pusher.app.key,
        PUSHER_SECRET: pusher.app.secret,
        PUSHER_HOST: "127.0.0.1",
        PUSHER_PORT: String(pusher.port),
        PUSHER_TLS: "off",
      },
    });
    const server = await startEmbeddedPostgres({ dataDir: stack.dataDir });
    sql = postgres(server.url(), { max: 1, onnotice: () => {} });
    stopDatabase = () => server.stop();
  });
  test.afterAll(async () => {
    await sql.end();
    await stopDatabase();
    await stack.stop();
    await pusher.stop();
  });

  test("brings events live, and after a cut five messages in order without a refresh", async ({ browser, model }) => {
    model.set({ reply: () => "Noted." });
    const context = await browser.newContext({ baseURL: stack.url, locale: "en-US" });
    const page = await context.newPage();
    const faults: string[] = [];
    const streams: string[] = [];
    page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
    page.on("request", (request) => request.url().includes("realtime.events") && streams.push(request.url()));
    await new SignUp(page, sql).register({
      email: `${randomUUID()}@example.com`,
      password: "correct horse 7",
      name: "Anna",
    });
    await new AssistantEditor(page).create("Kettle shop");
    await new AssistantEditor(page).openTab("Playground");
    const dialog = await LiveDialog.begin(page, stack.url);
    await dialog.mark();
    const workspaceId = await workspaceOf(dialog.id);
    const channel = `private-workspace-${workspaceId}`;
    await expect.poll(() => pusher.usersOf(channel)).toHaveLength(1);

    await dialog.write("Second question");
    await expect(page.getByText("Second question", { exact: true })).toBeVisible();
    expect(pusher.published.some((hint) => hint.channel === channel)).toBe(true);
    expect(JSON.stringify(pusher.published)).not.toContain("Second question");

    pusher.isUp = false;
    pusher.cutAll();
    await dialog.writeFive();
    await expect(page.getByText("While away 1")).toBeHidden();
    pusher.isUp = true;
    await dialog.expectFive();
    await dialog.expectNoReload();
    expect(streams).toEqual([]);
    expect(pusher.refusals).toEqual([]);
    // A socket that is refused is all that the browser may complain of: no policy forbids the configured server.
    expect(faults.filter((fault) => !fault.includes("WebSocket connection"))).toEqual([]);

    await test.step("another workspace's channels are refused", async () => {
      const [foreign] = await sql<{ id: string }[]>`select id from workspaces where slug = 'demo'`;
      for (const kind of ["private", "presence"]) {
        const response = await context.request.post("/api/trpc/realtime.authorizeChannel", {
          headers: { origin: stack.url, "x-workspace-id": workspaceId },
          data: { json: { socketId: "1.1", channel: `${kind}-workspace-${foreign?.id}` } },
        });
        expect(response.status()).toBe(404);
      }
    });

    await test.step("signing out elsewhere ends the connection", async () => {
      await sql`update auth_sessions set revoked_at = now() where user_id in (select user_id from workspace_members where workspace_id = ${workspaceId})`;
      await expect(page).toHaveURL(/\/login/, { timeout: 20_000 });
      expect(pusher.usersOf(channel)).toEqual([]);
    });
    await context.close();
  });

  async function workspaceOf(dialogId: string): Promise<string> {
    const [row] = await sql<{ id: string }[]>`select workspace_id as id from dialogs where id = ${dialogId}`;
    return row?.id ?? "";
  }
});
