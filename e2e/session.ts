/** Signs in over HTTP as a browser would and returns the cookie header of the session. */
export async function signIn(origin: string, email: string, password: string): Promise<string> {
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", origin, cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ email, password, csrfToken, json: "true", callbackUrl: origin }),
  });
  const cookie = cookiesOf(response);
  if (!cookie.includes("session-token")) throw new Error(`Sign-in was refused with ${response.status}.`);
  return cookie;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}
