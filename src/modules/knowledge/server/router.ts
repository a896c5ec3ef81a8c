import { managerProcedure, router } from "@/trpc/init";
import {
  addTextInput,
  createQaInput,
  documentRef,
  listDocumentsInput,
  listQaInput,
  passagesInput,
  qaRef,
  searchInput,
  updateQaInput,
} from "../contract";
import {
  addText,
  getDocument,
  getDocumentText,
  getPassages,
  listAssistantDocuments,
  removeDocument,
  retryDocument,
} from "./service/documents";
import { changeQa, createQa, listQaEntries, removeQa } from "./service/qa";
import { searchAssistantKnowledge } from "./service/search";

export const knowledgeRouter = router({
  documents: managerProcedure.input(listDocumentsInput).query(({ ctx, input }) => listAssistantDocuments(ctx, input)),
  document: managerProcedure.input(documentRef).query(({ ctx, input }) => getDocument(ctx, input.id)),
  documentText: managerProcedure.input(documentRef).query(({ ctx, input }) => getDocumentText(ctx, input.id)),
  passages: managerProcedure.input(passagesInput).query(({ ctx, input }) => getPassages(ctx, input)),
  addText: managerProcedure.input(addTextInput).mutation(({ ctx, input }) => addText(ctx, input)),
  removeDocument: managerProcedure.input(documentRef).mutation(({ ctx, input }) => removeDocument(ctx, input.id)),
  retryDocument: managerProcedure.input(documentRef).mutation(({ ctx, input }) => retryDocument(ctx, input.id)),
  search: managerProcedure.input(searchInput).query(({ ctx, input }) => searchAssistantKnowledge(ctx, input)),
  qa: router({
    list: managerProcedure.input(listQaInput).query(({ ctx, input }) => listQaEntries(ctx, input)),
    create: managerProcedure.input(createQaInput).mutation(({ ctx, input }) => createQa(ctx, input)),
    update: managerProcedure.input(updateQaInput).mutation(({ ctx, input }) => changeQa(ctx, input)),
    remove: managerProcedure.input(qaRef).mutation(({ ctx, input }) => removeQa(ctx, input.id)),
  }),
});
