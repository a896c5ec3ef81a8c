import { TRPCError } from "@trpc/server";
import * as z from "zod";

/** Whether an address can name anything at all. */
export const reasonableId = (id: string) => z.uuid().safeParse(id).success;

/** Whether a call answered that the thing does not exist for this person. */
export const refusesAsMissing = (error: unknown) => error instanceof TRPCError && error.code === "NOT_FOUND";
