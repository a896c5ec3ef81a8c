import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { executePrepared } from "@/db/prepared";
import type { WorkspaceId } from "@/lib/brand";
import type { QueryTerm } from "../../text/terms";

/** A passage as the ranking reads it. `score` is BM25's; `matched` lists the positions of the question's terms it has. */
export type Candidate = {
  chunkId: string;
  documentId: string | null;
  qaId: string | null;
  ordinal: number;
  title: string;
  heading: string;
  text: string;
  page: number | null;
  language: string | null;
  startOffset: number;
  endOffset: number;
  score: number;
  matched: number[];
};

/** `frequencies[i]` counts the assistant's passages that have the question's term `i`; `passages` counts them all. */
export type LexicalResult = { candidates: Candidate[]; frequencies: number[]; passages: number };

type Tenant = { workspaceId: WorkspaceId; assistantId: string };

// The usual constants of BM25 (Robertson and Zaragoza, 2009); nothing here is fitted to a data set.
const k1 = 1.2;
const b = 0.75;

/** The best passages by BM25 over this assistant's own index, in one round trip. */
export async function rankByWords(db: Db, tenant: Tenant, terms: QueryTerm[], limit: number): Promise<LexicalResult> {
  const spelled = terms.flatMap((term, position) => term.alternatives.map((text) => ({ t: text, g: position })));
  const rows = await executePrepared<Row>(
    db,
    sql`
    with totals as (
      select sum(passages)::float8 as passages, sum(terms)::float8 / greatest(sum(passages), 1) as average from (
        select chunk_count as passages, term_count as terms from documents
        where workspace_id = ${tenant.workspaceId}::uuid and assistant_id = ${tenant.assistantId}::uuid and status = 'ready'
        union all
        select 1, term_count from qa_entries
        where workspace_id = ${tenant.workspaceId}::uuid and assistant_id = ${tenant.assistantId}::uuid and is_active
      ) own
    ), postings as (
      select asked.g, index.source_id, index.ordinals, index.frequencies, index.term_counts
      from json_to_recordset(${JSON.stringify(spelled)}::text::json) as asked(t text, g int)
      join knowledge_terms index on index.workspace_id = ${tenant.workspaceId}::uuid
        and index.assistant_id = ${tenant.assistantId}::uuid and index.term = asked.t
    ), known as (
      select g, sum(cardinality(ordinals))::float8 as frequency from postings group by g
    ), weights as (
      select g, frequency, ln(1 + (greatest(passages - frequency, 0) + 0.5) / (frequency + 0.5)) as weight from known, totals
    ), scale as (
      select array_agg(weight order by position) as weights, average
      from generate_series(0, ${terms.length - 1}::int) as position left join weights on g = position, totals group by average
    ), best as (
      select source_id, hit.ordinal,
        sum(weights[g + 1] * hit.frequency * (${k1}::float8 + 1) / (hit.frequency + ${k1}::float8 * (1 - ${b}::float8 + ${b}::float8 * hit.term_count / average))) as score,
        array_agg(g) as matched
      from postings, scale,
        unnest(ordinals, frequencies, term_counts) as hit(ordinal, frequency, term_count)
      group by source_id, hit.ordinal order by score desc limit ${limit}::int
    )
    select c.id, c.document_id, c.qa_id, c.ordinal, coalesce(d.name, q.question) as title, c.heading, c.text, c.page, d.language,
      c.start_offset, c.end_offset, best.score, best.matched,
      (select passages from totals) as passages, (select json_object_agg(g, frequency) from weights) as frequencies
    from best
    join knowledge_chunks c on c.source_id = best.source_id and c.ordinal = best.ordinal
      and c.workspace_id = ${tenant.workspaceId}::uuid and c.assistant_id = ${tenant.assistantId}::uuid
    left join documents d on d.id = c.document_id
    left join qa_entries q on q.id = c.qa_id
    order by best.score desc, c.id`,
  );
  const [first] = rows;
  return {
    candidates: rows.map(toCandidate),
    frequencies: terms.map((_, position) => first?.frequencies[String(position)] ?? 0),
    passages: first?.passages ?? 0,
  };
}

/** Passages by id, for those that only the meaning search found. */
export async function findCandidates(db: Db, tenant: Tenant, ids: string[]): Promise<Candidate[]> {
  const rows = await db.execute<Row>(sql`
    select c.id, c.document_id, c.qa_id, c.ordinal, coalesce(d.name, q.question) as title, c.heading, c.text, c.page, d.language,
      c.start_offset, c.end_offset, 0::float8 as score, '{}'::int[] as matched
    from knowledge_chunks c
    left join documents d on d.id = c.document_id
    left join qa_entries q on q.id = c.qa_id
    where c.workspace_id = ${tenant.workspaceId}::uuid and c.assistant_id = ${tenant.assistantId}::uuid
      and c.id in (select id::uuid from json_array_elements_text(${JSON.stringify(ids)}::text::json) as asked(id))`);
  return rows.map(toCandidate);
}

/** One page of an assistant's vectors of one model, by chunk id. */
export async function listVectors(
  db: Db,
  tenant: Tenant,
  model: string,
  page: { after: string; limit: number },
): Promise<{ id: string; embedding: number[] }[]> {
  return db.execute<{ id: string; embedding: number[] }>(sql`
    select id, embedding from knowledge_chunks
    where workspace_id = ${tenant.workspaceId}::uuid and assistant_id = ${tenant.assistantId}::uuid
      and embedding_model = ${model}::text and id > ${page.after}::uuid
    order by id limit ${page.limit}::int`);
}

type Row = {
  id: string;
  document_id: string | null;
  qa_id: string | null;
  ordinal: number;
  title: string;
  heading: string;
  text: string;
  page: number | null;
  language: string | null;
  start_offset: number;
  end_offset: number;
  score: number;
  matched: number[];
  passages: number;
  frequencies: Record<string, number>;
};

function toCandidate(row: Row): Candidate {
  return {
    chunkId: row.id,
    documentId: row.document_id,
    qaId: row.qa_id,
    ordinal: row.ordinal,
    title: row.title,
    heading: row.heading,
    text: row.text,
    page: row.page,
    language: row.language,
    startOffset: row.start_offset,
    endOffset: row.end_offset,
    score: row.score,
    matched: row.matched,
  };
}
