import { startModelServer } from "../fakes/model-server";

const ANSWER =
  "Delivery takes one to three days and costs 300 roubles [1]. Orders above 3,000 roubles are delivered free of charge.";

const isRealistic = process.argv[2] === "realistic";
const server = await startModelServer({
  firstTokenMs: isRealistic ? 300 : 0,
  tokenMs: isRealistic ? 20 : 0,
  reply: () => ANSWER,
});
console.log(server.url);
