/** Tiers of modules, lowest first. Equals are strangers. */
const TIERS = [
  ["system"],
  ["audit"],
  ["users"],
  ["workspaces"],
  ["email"],
  ["security", "balance", "ai"],
  ["promo", "referral", "knowledge"],
  ["auth", "assistants"],
  ["dialogs"],
  ["handoff"],
  ["chat"],
  ["bots", "site", "api-keys", "training", "support"],
  ["analytics", "realtime"],
  ["admin"],
];

const TEST = "\\.test\\.tsx?$|/testing[a-z-]*\\.ts$";
const anyOf = (names) => `(${names.join("|")})`;

const tierRules = TIERS.flatMap((equals, tier) =>
  equals.map((name) => {
    const strangers = [...equals.filter((other) => other !== name), ...TIERS.slice(tier + 1).flat()];
    return {
      name: `tier-${name}`,
      severity: "error",
      comment:
        `The module ${name} may use earlier tiers only. If it must cause something in a later one, announce an event ` +
        "that a job of that module handles; if both need the same thing, it belongs into an earlier tier.",
      from: { path: `^src/modules/${name}/`, pathNot: TEST },
      to: { path: `^src/modules/${anyOf(strangers.length > 0 ? strangers : ["-"])}/` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...tierRules,
    {
      name: "known-module",
      severity: "error",
      comment:
        "Give the new module a tier in .dependency-cruiser.cjs and in AGENTS.md before anything is written in it.",
      from: { path: "^src/modules/", pathNot: `^src/modules/${anyOf(TIERS.flat())}/` },
      to: {},
    },
    {
      name: "vocabulary",
      severity: "error",
      comment:
        "The root of a module holds contract, rules, policy, events and testing. Anything else is a noun of its own: a folder " +
        "beside them, or a file in server/ or ui/.",
      from: {
        path: "^src/modules/[^/]+/[^/]+$",
        pathNot: "/(contract|rules|policy|events|testing)(\\.test)?\\.ts$",
      },
      to: {},
    },
    {
      name: "no-junk-drawers",
      severity: "error",
      comment: "Name the file by what it knows. utils, helpers, common, misc, manager, types and index say nothing.",
      from: { path: "^(src|e2e)/.*/(utils?|helpers?|common|misc|manager|types|index|v2|new|old)(\\.tsx?$|/)" },
      to: {},
    },
    {
      name: "sql-in-repositories",
      severity: "error",
      comment:
        "Only a repository knows Drizzle and the tables; give the query a name there and call it. A file …-sql.ts holds " +
        "fragments that the repository of another module joins to its own statement.",
      from: {
        path: "^src/(modules|app|trpc|components|lib|i18n|cli)/",
        pathNot: ["(^|/|-)repository\\.ts$", "/repository/[^/]+\\.ts$", "-sql\\.ts$", TEST],
      },
      to: { path: "^(src/db/schema/|node_modules/(drizzle-orm|postgres)/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "own-repository",
      severity: "error",
      comment: "Another module's repository is private, and so are its router and gateway. Use its service.",
      from: { path: "^src/modules/([^/]+)/", pathNot: TEST },
      to: {
        path: "^src/modules/[^/]+/server/.*(repository|router|gateway)\\.ts$",
        pathNot: "^src/modules/$1/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "routers-mount-in-root",
      severity: "error",
      comment: "A router is mounted in src/trpc/root.ts and nowhere else. What you need is in the service.",
      from: { path: "^src/", pathNot: ["^src/trpc/root\\.ts$", TEST, "/(admin-)?router\\.ts$"] },
      to: { path: "^src/modules/.*/(admin-)?router\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "services-know-no-transport",
      severity: "error",
      comment:
        "A use case does not know who called. Take plain input, return a DTO, throw AppError; the door translates.",
      from: { path: "^src/modules/.*/(service|repository|rules|policy|contract)(\\.ts$|/)", pathNot: TEST },
      to: {
        path: "^(src/(app|trpc)/|node_modules/(next|@trpc/[^/]+|grammy)/)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "browser-loads-no-server",
      severity: "error",
      comment:
        "This file reaches the browser. Import the type only, or move what both sides need into contract.ts or rules.ts.",
      from: {
        path: ["^src/(components|lib)/", "^src/modules/.*/ui/", "^src/modules/[^/]+/[^/]+\\.ts$"],
        // What a module announces is announced on the server.
        pathNot: [TEST, "/events\\.ts$"],
      },
      to: {
        path: ["^src/(server|db)/", "^src/modules/.*/server/"],
        pathNot: "^src/db/enums\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "lib-is-pure",
      severity: "error",
      comment: "src/lib runs anywhere and knows nobody. Pass in what it needs.",
      from: { path: "^src/lib/", pathNot: TEST },
      to: { path: "^src/", pathNot: "^src/lib/" },
    },
    {
      name: "server-knows-no-domain",
      severity: "error",
      comment: "src/server and src/db are infrastructure. A thing that knows a domain belongs into its module.",
      from: { path: "^src/(server|db)/" },
      to: { path: "^src/(modules|app|trpc|components|cli)/" },
    },
    {
      name: "components-know-no-module",
      severity: "error",
      comment: "Shared components take props. What knows a module lives in that module's ui/.",
      from: { path: "^src/components/", pathNot: TEST },
      to: { path: "^src/(modules|app)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "routes-only",
      severity: "error",
      comment: "src/app carries params in and a module's UI out. Nobody imports a route, and a route asks a service.",
      from: { path: "^src/", pathNot: ["^src/app/", TEST] },
      to: { path: "^src/app/" },
    },
    {
      name: "app-asks-services",
      severity: "error",
      comment: "A route does not read tables. Ask the module's service, or prefetch through tRPC.",
      from: { path: "^src/app/", pathNot: TEST },
      to: { path: "^src/modules/.*[/-]repository\\.ts$|^src/db/schema/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "tests-stay-outside",
      severity: "error",
      comment: "Builders and tests are not part of the product.",
      from: { path: "^src/", pathNot: [TEST, "^src/cli/"] },
      to: { path: TEST },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other are one file, or hide a third one that both should import.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "This import leads nowhere.",
      from: { pathNot: "\\.d\\.ts$" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|next-env\\.d\\.ts|e2e/bench/floor)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
    cache: { folder: "node_modules/.cache/dependency-cruiser", strategy: "content" },
  },
};
