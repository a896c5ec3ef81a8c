import { type FileType, FILE_TYPES, knowledgeLimits, UPLOAD_REFUSALS, type UploadRefusal } from "../limits";

/** Why an upload stopped: what the server refused, or what kept it from being asked. */
export type UploadFailure = {
  reason: UploadRefusal | "offline" | "limit" | "not-found" | "other";
  /** The document that this file repeats. */
  repeats?: string;
  seconds?: number;
  /** What a document costs, when the balance does not have it. */
  neededMicros?: number;
  requestId?: string;
};

export type UploadItem = {
  key: string;
  file: File;
  keepDuplicate: boolean;
  phase: "waiting" | "uploading" | "checking" | "stopped";
  /** Share of the bytes that have left, 0 to 1. */
  share: number;
  failure: UploadFailure | null;
};

/** The endings of a file picker; the text that people read is in the messages. */
export const ACCEPTED_ENDINGS = [...Object.keys(FILE_TYPES), "htm", "markdown", "tsv", "jsonl"]
  .map((type) => `.${type}`)
  .join(",");
export const SHOWN_TYPES: FileType[] = ["pdf", "docx", "txt", "md", "html", "csv", "xlsx", "json"];

const parallel = 3;

type Target = { workspaceId: string | null; assistantId: string };

/** The uploads of one assistant's knowledge: several at once, each with real progress, each cancellable. Outlives the tab's view. */
export class UploadQueue {
  private items: UploadItem[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly running = new Map<string, XMLHttpRequest>();

  constructor(
    private readonly target: Target,
    private readonly onStored: () => void,
  ) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly snapshot = () => this.items;

  add(files: readonly File[]): void {
    const added = files.map((file): UploadItem => ({
      key: crypto.randomUUID(),
      file,
      keepDuplicate: false,
      phase: "waiting",
      share: 0,
      failure: tooLarge(file),
    }));
    this.set([
      ...added.map((item) => (item.failure === null ? item : { ...item, phase: "stopped" as const })),
      ...this.items,
    ]);
    this.startNext();
  }

  /** Sends a stopped file once more; `keepDuplicate` adds it although it repeats another. */
  again(key: string, keepDuplicate = false): void {
    this.patch(key, { phase: "waiting", share: 0, failure: null, keepDuplicate });
    this.startNext();
  }

  /** Stops a running upload and takes the row away. */
  remove(key: string): void {
    const request = this.running.get(key);
    this.running.delete(key);
    request?.abort();
    this.set(this.items.filter((item) => item.key !== key));
    this.startNext();
  }

  private startNext(): void {
    for (const item of this.items) {
      if (this.running.size >= parallel) return;
      if (item.phase === "waiting") this.send(item);
    }
  }

  private send(item: UploadItem): void {
    const request = new XMLHttpRequest();
    this.running.set(item.key, request);
    this.patch(item.key, { phase: "uploading", share: 0 });
    request.upload.onprogress = ({ loaded, total }) =>
      this.patch(item.key, { share: total === 0 ? 0 : loaded / total });
    request.upload.onload = () => this.patch(item.key, { phase: "checking", share: 1 });
    request.onload = () => this.finish(item.key, request.status === 201 ? null : readFailure(request));
    request.onerror = () => this.finish(item.key, { reason: "offline" });
    request.open("POST", "/api/files");
    if (this.target.workspaceId !== null) request.setRequestHeader("x-workspace-id", this.target.workspaceId);
    const form = new FormData();
    form.set("assistantId", this.target.assistantId);
    form.set("keepDuplicate", String(item.keepDuplicate));
    form.set("file", item.file);
    request.send(form);
  }

  private finish(key: string, failure: UploadFailure | null): void {
    this.running.delete(key);
    if (failure !== null) this.patch(key, { phase: "stopped", failure });
    else {
      this.set(this.items.filter((item) => item.key !== key));
      this.onStored();
    }
    this.startNext();
  }

  private patch(key: string, fields: Partial<UploadItem>): void {
    this.set(this.items.map((item) => (item.key === key ? { ...item, ...fields } : item)));
  }

  private set(items: UploadItem[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}

function tooLarge(file: File): UploadFailure | null {
  return file.size > knowledgeLimits.fileBytes ? { reason: "too-large" } : null;
}

/** The reason in the server's error JSON, whatever came instead of it. */
export function readFailure(response: { status: number; responseText: string }): UploadFailure {
  const data = errorData(response.responseText);
  const requestId = typeof data.requestId === "string" ? data.requestId : undefined;
  const facts = isRecord(data.facts) ? data.facts : {};
  const reason = UPLOAD_REFUSALS.find((known) => known === facts.reason);
  if (reason !== undefined)
    return {
      reason,
      requestId,
      repeats: typeof facts.name === "string" ? facts.name : undefined,
      neededMicros: typeof facts.neededMicros === "number" ? facts.neededMicros : undefined,
    };
  if (response.status === 429)
    return { reason: "limit", requestId, seconds: typeof facts.seconds === "number" ? facts.seconds : undefined };
  return { reason: response.status === 404 ? "not-found" : "other", requestId };
}

function errorData(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = isRecord(parsed) && isRecord(parsed.error) ? parsed.error : {};
    const json = isRecord(error.json) ? error.json : {};
    return isRecord(json.data) ? json.data : {};
  } catch {
    // A proxy in between answers with its own page.
    return {};
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
