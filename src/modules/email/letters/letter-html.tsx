import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  render,
  Section,
  Text,
} from "@react-email/components";
import type { Locale } from "@/lib/locales";
import type { Letter } from "./compose";

// Mail clients know no variables and no OKLCH, so the tokens of the light theme stand here as sRGB.
const COLOR = {
  frame: "#f3f6f7",
  card: "#ffffff",
  border: "#d6dcde",
  text: "#10191c",
  muted: "#5d6a6e",
  accent: "#005e5f",
};
const FONT = "Inter, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";

const styles = {
  body: { backgroundColor: COLOR.frame, fontFamily: FONT, margin: 0, padding: "24px 12px" },
  card: {
    backgroundColor: COLOR.card,
    border: `1px solid ${COLOR.border}`,
    borderRadius: "10px",
    maxWidth: "520px",
    padding: "24px",
  },
  brand: { color: COLOR.accent, fontSize: "16px", fontWeight: 600, margin: "0 0 16px" },
  heading: { color: COLOR.text, fontSize: "20px", fontWeight: 600, lineHeight: "28px", margin: "0 0 12px" },
  text: { color: COLOR.text, fontSize: "15px", lineHeight: "22px", margin: "0 0 16px", overflowWrap: "anywhere" },
  code: {
    backgroundColor: COLOR.frame,
    borderRadius: "6px",
    color: COLOR.text,
    fontFamily: "'JetBrains Mono', Menlo, Consolas, monospace",
    fontSize: "32px",
    letterSpacing: "8px",
    lineHeight: "38px",
    margin: "0 0 16px",
    padding: "12px",
    textAlign: "center",
  },
  button: {
    backgroundColor: COLOR.accent,
    borderRadius: "6px",
    color: "#ffffff",
    display: "inline-block",
    fontSize: "15px",
    fontWeight: 500,
    padding: "10px 16px",
    textDecoration: "none",
  },
  small: { color: COLOR.muted, fontSize: "12px", lineHeight: "16px", margin: "16px 0 0", overflowWrap: "anywhere" },
  link: { color: COLOR.accent },
  rule: { borderColor: COLOR.border, margin: "24px 0 0" },
} as const;

function LetterHtml({ letter, locale }: { letter: Letter; locale: Locale }) {
  return (
    <Html lang={locale}>
      <Head />
      <Preview>{letter.paragraphs[0] ?? letter.heading}</Preview>
      <Body style={styles.body}>
        <Container style={styles.card}>
          <Text style={styles.brand}>ChatAI</Text>
          <Heading as="h1" style={styles.heading}>
            {letter.heading}
          </Heading>
          {letter.paragraphs.map((paragraph) => (
            <Text key={paragraph} style={styles.text}>
              {paragraph}
            </Text>
          ))}
          {letter.code && <Text style={styles.code}>{letter.code}</Text>}
          {letter.action && <LetterAction action={letter.action} fallback={letter.linkFallback} />}
          {letter.note && <Text style={styles.small}>{letter.note}</Text>}
          <Hr style={styles.rule} />
          <Text style={styles.small}>{letter.footer}</Text>
        </Container>
      </Body>
    </Html>
  );
}

function LetterAction({ action, fallback }: { action: { label: string; url: string }; fallback: string }) {
  return (
    <Section>
      <Button href={action.url} style={styles.button}>
        {action.label}
      </Button>
      <Text style={styles.small}>
        {fallback}{" "}
        <Link href={action.url} style={styles.link}>
          {action.url}
        </Link>
      </Text>
    </Section>
  );
}

/** The HTML part of a letter; every value is escaped by React. */
export async function letterHtml(letter: Letter, locale: Locale): Promise<string> {
  return render(<LetterHtml letter={letter} locale={locale} />);
}
