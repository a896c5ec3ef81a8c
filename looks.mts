import { chromium } from "@playwright/test"; import fs from "node:fs"; import { findChromium, chromiumFlags } from "@/cli/chromium";
const o="http://localhost:4519"; const cookie=fs.readFileSync("/tmp/web-cookie","utf8"); const pages={...JSON.parse(fs.readFileSync("/tmp/web-pages.json","utf8")),hostile:"/w/demo/dialogs/"+process.env.HOSTILE} as Record<string,string>;
fs.mkdirSync("/tmp/web-looks",{recursive:true});
const b=await chromium.launch({executablePath:findChromium()??undefined,args:chromiumFlags});
const guises:[string,any][]=[["1024",{viewport:{width:1024,height:768}}],["zoom",{viewport:{width:720,height:450},deviceScaleFactor:2}],["forced",{viewport:{width:1280,height:800},forcedColors:"active",colorScheme:"dark"}],["360",{viewport:{width:360,height:740},hasTouch:true}]];
for(const [g,opt] of guises){ if(process.env.G&&!process.env.G.split(",").includes(g)) continue; const c=await b.newContext({...opt,locale:"ru-RU",reducedMotion:"reduce"}); await c.addCookies([...cookie.split("; ").map(p=>{const [name,...v]=p.split("=");return{name:name!,value:v.join("="),url:o}}),{name:"locale",value:"ru",url:o}]); const p=await c.newPage();
 for(const n of (process.env.P??"overview,assistants,dialogs,hostile,team,knowledge,behaviour,balance,settings,channels").split(",")){ await p.goto(o+pages[n]); await p.locator("h1").first().waitFor(); await p.waitForTimeout(1200); const over=await p.evaluate(()=>document.documentElement.scrollWidth-document.documentElement.clientWidth); if(over>0) console.log(g,n,"too wide by",over); await p.screenshot({path:`/tmp/web-looks/${n}-${g}.png`}); }
 await c.close(); }
await b.close(); process.exit(0);
