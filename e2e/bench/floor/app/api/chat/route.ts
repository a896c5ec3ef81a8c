import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import postgres from "postgres";

// The floor: what any Next route must spend to stream the same model and keep question and answer.
const sql = postgres(process.env.DATABASE_URL ?? "", { max: 15 });
const provider = createOpenAICompatible({ name: "bench", baseURL: process.env.OPENAI_BASE_URL ?? "", apiKey: "bench" });

export async function POST(request: Request): Promise<Response> {
  const { id, text } = (await request.json()) as { id: string; text: string };
  await sql`insert into floor_messages (id, author, text) values (${id}, 'visitor', ${text})`;
  const result = streamText({
    model: provider("bench-model"),
    prompt: text,
    onFinish: async ({ text: answer }) => {
      await sql`insert into floor_messages (id, author, text) values (${id}, 'assistant', ${answer})`;
    },
  });
  return result.toUIMessageStreamResponse();
}
