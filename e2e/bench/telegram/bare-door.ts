import { createServer } from "node:http";
import postgres from "postgres";

// The floor of a webhook door: plain Node, one insert, an empty answer.
const sql = postgres(process.env.DATABASE_URL ?? "", { max: 15, onnotice: () => undefined });
await sql`create table if not exists floor_updates (id bigserial primary key, payload jsonb, received_at timestamptz default now())`;
const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => (body += chunk));
  request.on("end", () => {
    void sql`insert into floor_updates (payload) values (${body}::text::jsonb)`.then(() => response.end("{}"));
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("ready"));
