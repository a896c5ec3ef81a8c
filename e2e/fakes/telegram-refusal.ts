export type Reply = {
  ok: false;
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
};

/** A refusal as the Bot API words it. */
export class TelegramRefusal extends Error {
  constructor(readonly reply: Reply) {
    super(reply.description);
  }
}

export const refuse = (code: number, description: string) =>
  new TelegramRefusal({ ok: false, error_code: code, description });
