import { tellStaffJob } from "@/modules/ai/server/jobs";
import { removeAssistantsOfWorkspaceJob, removeAssistantTracesJob } from "@/modules/assistants/server/jobs";
import { balanceJobs } from "@/modules/balance/server/jobs";
import { botJobs } from "@/modules/bots/server/jobs";
import { abandonStaleTurnsJob, summarizeDialogJob } from "@/modules/chat/server/jobs";
import { mailInvitation, sendEmail } from "@/modules/email/server/jobs";
import { handoffJobs } from "@/modules/handoff/server/jobs";
import { ingestDocumentJob, removeFileJob, resumeStalledJob, sweepUploadsJob } from "@/modules/knowledge/server/jobs";
import { embedMissingJob, refreshVectorsJob } from "@/modules/knowledge/server/vectors/jobs";
import { pruneEventsJob } from "@/modules/realtime/server/jobs";
import { holdDemoTalksJob } from "@/modules/site/server/jobs";
import type { Job } from "@/server/jobs/define";

/** Jobs that keep a processor or a provider of vectors busy for long. */
export const readingJobs: readonly Job[] = [ingestDocumentJob, embedMissingJob];

/** Every background job of the product. A job that is missing here never runs. */
export const jobs: readonly Job[] = [
  tellStaffJob,
  sendEmail,
  mailInvitation,
  ...readingJobs,
  removeFileJob,
  resumeStalledJob,
  sweepUploadsJob,
  refreshVectorsJob,
  removeAssistantTracesJob,
  removeAssistantsOfWorkspaceJob,
  summarizeDialogJob,
  abandonStaleTurnsJob,
  ...balanceJobs,
  ...handoffJobs,
  ...botJobs,
  holdDemoTalksJob,
  pruneEventsJob,
];
