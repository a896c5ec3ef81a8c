import type { BrowserContext, Locator, Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { expect } from "../fixtures";
import { SignUp } from "./sign-up";

/** Money as its owner sees it: the badge of the frame and the ledger. */
export class Balance {
  constructor(private readonly page: Page) {}

  badge(meaning: string): Locator {
    return this.page.getByRole("complementary").getByRole("link", { name: meaning });
  }

  row(name: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("button", { name, exact: true }) });
  }
}

/** A person of the platform's staff in a browser of their own, who moves money by the procedure. */
export class Staff {
  private constructor(
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {}

  static async signUp(context: BrowserContext, sql: postgres.Sql, url: string): Promise<Staff> {
    const email = `${randomUUID()}@example.com`;
    await new SignUp(await context.newPage(), sql).register({ email, password: "correct horse 7", name: "Staff" });
    await sql`update users set role = 'admin' where email = ${email}`;
    return new Staff(context, url);
  }

  async adjust(workspaceId: string, amountMicros: number): Promise<void> {
    const adjustment = { workspaceId, amountMicros, reason: "A journey", idempotencyKey: randomUUID() };
    const response = await this.context.request.post(`${this.url}/api/trpc/admin.balance.adjust`, {
      headers: { origin: this.url },
      data: { json: adjustment },
    });
    expect(response.status()).toBe(200);
  }
}
