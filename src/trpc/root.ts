import { aiKeysAdminRouter } from "@/modules/ai/server/admin-router";
import { assistantsRouter } from "@/modules/assistants/server/router";
import { authRouter } from "@/modules/auth/server/router";
import { balanceAdminRouter, pricesAdminRouter } from "@/modules/balance/server/admin-router";
import { balanceRouter } from "@/modules/balance/server/router";
import { botsRouter } from "@/modules/bots/server/router";
import { chatRouter } from "@/modules/chat/server/router";
import { changeProcedures } from "@/modules/dialogs/server/changes/router";
import { profileProcedures } from "@/modules/dialogs/server/profile/router";
import { dialogProcedures } from "@/modules/dialogs/server/router";
import { mailAdminRouter } from "@/modules/email/server/admin-router";
import { handoffAdminRouter } from "@/modules/handoff/server/admin-router";
import { reachRouter } from "@/modules/handoff/server/hours/router";
import { handoffRouter, replyProcedures } from "@/modules/handoff/server/router";
import { repliesRouter } from "@/modules/handoff/server/replies/router";
import { inboxRouter } from "@/modules/handoff/server/inbox/router";
import { numbersRouter } from "@/modules/handoff/server/numbers/router";
import { knowledgeRouter } from "@/modules/knowledge/server/router";
import { realtimeRouter } from "@/modules/realtime/server/router";
import { userProcedures } from "@/modules/users/server/router";
import { meProcedure, workspacesRouter } from "@/modules/workspaces/server/router";
import { router } from "@/trpc/init";

export const appRouter = router({
  admin: {
    balance: balanceAdminRouter,
    prices: pricesAdminRouter,
    aiKeys: aiKeysAdminRouter,
    mail: mailAdminRouter,
    handoff: handoffAdminRouter,
  },
  assistants: assistantsRouter,
  auth: authRouter,
  balance: balanceRouter,
  bots: botsRouter,
  chat: chatRouter,
  dialogs: { ...dialogProcedures, ...changeProcedures, ...profileProcedures, ...replyProcedures },
  handoff: handoffRouter,
  inbox: inboxRouter,
  knowledge: knowledgeRouter,
  numbers: numbersRouter,
  reach: reachRouter,
  realtime: realtimeRouter,
  replies: repliesRouter,
  users: { me: meProcedure, ...userProcedures },
  workspaces: workspacesRouter,
});

export type AppRouter = typeof appRouter;
