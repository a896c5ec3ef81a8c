import { startEmbeddedPostgres } from "@/server/embedded-postgres"; import postgres from "postgres"; import { randomUUID } from "node:crypto";
const server=await startEmbeddedPostgres({dataDir:"/tmp/web-data"}); const sql=postgres(server.url(),{max:1,onnotice:()=>{}});
const [w]=await sql`select id from workspaces where slug='demo'`; const [a]=await sql`select id from assistants where workspace_id=${w!.id} order by created_at limit 1`;
const long="Безпробельноеимяпосетителякотороенигденепереносится".repeat(2)+"🫖🔥👩‍👩‍👧‍👦";
const W=w!.id,A=a!.id;
let hostile="";
for(let i=0;i<1;i++){ const id=randomUUID(); if(i===0) hostile=id; const name=i%3===0?long:i%3===1?"Anna-Maria Featherstonehaugh-Cholmondeley de la Très-Longue-Maison the Third":"";
 await sql`insert into dialogs (id,workspace_id,assistant_id,channel,visitor_key,visitor_name,last_message_at) values (${id},${W},${A},${i%2?"telegram":"widget"},${"k"+id},${name},now())`;
 for(let m=0;m<3;m++) await sql`insert into messages (id,workspace_id,dialog_id,seq,author,client_id,text) values (${randomUUID()},${W},${id},${m+1},${["visitor","assistant","operator"][m]!},${randomUUID()},${m===0?long+" https://example.com/"+"averylongpath".repeat(20):m===1?"| a | b | c |\n|---|---|---|\n| "+"wide".repeat(30)+" | x | y |\n\n```\n"+"code ".repeat(60)+"\n```\n"+long:"ok "+"я".repeat(300)})`;

}
for(let i=0;i<0;i++) await sql`insert into documents (id,workspace_id,assistant_id,kind,name,size_bytes,content_hash,status,chunk_count) values (${randomUUID()},${W},${A},'file',${(i%2?long:"Прайс-лист и условия доставки по всем регионам Российской Федерации на второй квартал ")+i+".pdf"},${1234567*(i+1)},${"h"+i},${["ready","failed","ready","quarantined"][i%4]!},${i*37})`;

for(let i=0;i<8;i++) await sql`insert into assistants (id,workspace_id,name) values (${randomUUID()},${W},${(i%2?long:"Very long assistant name that nobody would ever type but somebody will ")+i})`;
for(let i=0;i<55;i++){ const u=randomUUID(); await sql`insert into users (id,email,name) values (${u},${"u"+i+"-"+"verylonglocalpart".repeat(3)+"@example-company-with-long-domain.com"},${i%2?long:"Ivan"})`; await sql`insert into workspace_members (workspace_id,user_id,role) values (${W},${u},'operator')`.catch(async(e:any)=>{console.log(e.message)}); }
console.log("HOSTILE",hostile); await sql.end(); await server.stop(); process.exit(0);
