import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { equalSecrets } from "@/server/crypto";
import { env } from "@/server/env";
import { errorResponse } from "@/server/http";
import { metrics } from "@/server/metrics";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const token = env().METRICS_TOKEN;
  const given = request.headers.get("authorization") ?? "";
  if (!token || !equalSecrets(given, `Bearer ${token}`)) {
    return errorResponse(new AppError("UNAUTHORIZED", "Metrics need the bearer token of METRICS_TOKEN."), newId());
  }
  return new Response(await metrics().registry.metrics(), {
    headers: { "content-type": metrics().registry.contentType },
  });
}
