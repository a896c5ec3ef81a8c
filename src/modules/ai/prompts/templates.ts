import type { PromptTemplate, TemplateCode } from "@/modules/ai/contract";
import { TEMPLATE_CODES } from "@/modules/ai/contract";
import { LOCALES, type Locale } from "@/lib/locales";
import { templatesEn } from "./templates-en";
import { templatesRu } from "./templates-ru";

export type TemplateText = { title: string; summary: string; body: string };

const texts: Record<Locale, Record<TemplateCode, TemplateText>> = { en: templatesEn, ru: templatesRu };

/** The instructions that an owner may start from. A chosen text becomes the owner's and is never rewritten. */
export function listTemplates(): PromptTemplate[] {
  return LOCALES.flatMap((language) => TEMPLATE_CODES.map((code) => ({ code, language, ...texts[language][code] })));
}

/** The instructions used while an owner wrote none. */
export function defaultInstructions(language: Locale): string {
  return texts[language].support.body;
}
