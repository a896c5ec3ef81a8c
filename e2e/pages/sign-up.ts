import type { Page } from "@playwright/test";
import type postgres from "postgres";
import { expect } from "../fixtures";

/** A newcomer's way in, through the form and the code of the letter. */
export class SignUp {
  constructor(
    private readonly page: Page,
    private readonly sql: postgres.Sql,
  ) {}

  async register({ email, password, name }: { email: string; password: string; name: string }): Promise<void> {
    await this.page.goto("/register");
    await this.page.getByLabel("First name").fill(name);
    await this.page.getByLabel("E-mail").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Create account" }).click();
    await expect(this.page.getByText(`We sent a six-digit code to ${email}`)).toBeVisible();
    await this.page.getByLabel("Code from the e-mail").fill(await this.codeFor(email));
    await this.page.waitForURL(/\/w\/[^/]+$/);
  }

  /** The code that the letter in the outbox carries. */
  private async codeFor(email: string): Promise<string> {
    const [letter] = await this.sql<{ code: string }[]>`
      select payload ->> 'code' as code from emails where to_address = ${email} order by created_at desc limit 1`;
    if (!letter) throw new Error(`No letter to ${email} was written.`);
    return letter.code;
  }
}
