// Carries a case from an account that is opened to the certificate, by the generated types alone.
//
// Read from standard input: where, who, and what is claimed; written to standard output: what came
// of it. What was done in the case is taken out at the end, as each kind of file, by somebody who
// watches. `mingjian.d.ts` beside it is made by openapi-typescript, and tsc checks this by it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./mingjian.js";

type Schemas = components["schemas"];
type Api = Client<paths>;

interface Told {
  address: string;
  password: string;
  registrar: string;
  number: string;
  title: Schemas["OpenBody"];
  application: Schemas["ApplicationBody"];
  files: Omit<Schemas["MaterialBody"], "upload">[];
  scan: string;
  stages: [string, string][];
  established: Record<string, string>;
  watching: string;
  mandate: string;
}

const told: Told = JSON.parse(readFileSync(0, "utf-8"));
const scan = Buffer.from(told.scan, "base64");

const fresh = () => ({ "Idempotency-Key": crypto.randomUUID() });
const changing = (seen: Schemas["Case"]) => ({ ...fresh(), "If-Match": `"v${seen.version}"` });

function wanted<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (!answer.response.ok || answer.data === undefined) {
    throw new Error(`${answer.response.status} ${JSON.stringify(answer.error)}`);
  }
  return answer.data;
}

async function signedIn(login: string, password = told.password): Promise<Api> {
  const nobody = createClient<paths>({ baseUrl: told.address });
  const token = wanted(await nobody.POST("/v1/sessions", { body: { login, password } }));
  const headers = { Authorization: `${token.token_type} ${token.access_token}` };
  return createClient<paths>({ baseUrl: told.address, headers });
}

async function opened(): Promise<Api> {
  const login = `login-${crypto.randomUUID().slice(0, 13)}`;
  const registrar = await signedIn(told.registrar);
  const { one_time_code: code } = wanted(
    await registrar.POST("/v1/accounts", {
      params: { header: fresh() },
      body: {
        name: "某客户端",
        document: { kind: "resident_identity_card", number: told.number },
        organisation: told.title.employer,
        roles: ["applicant"],
        login,
      },
    }),
  );
  if (code === null) throw new Error("no code");
  const body = { current_password: code, new_password: told.password };
  const changed = await (await signedIn(login, code)).PUT("/v1/password", { body });
  if (changed.response.status !== 204) throw new Error(JSON.stringify(changed.error));
  return signedIn(login);
}

const at = (case_id: string) => ({ path: { case_id } });

async function read(who: Api, case_id: string): Promise<Schemas["Case"]> {
  return wanted(await who.GET("/v1/cases/{case_id}", { params: at(case_id) }));
}

async function drafted(holder: Api): Promise<string> {
  const opening = { params: { header: fresh() }, body: told.title };
  const { stream } = wanted(await holder.POST("/v1/cases", opening));
  const seen = async () => ({ ...at(stream), header: changing(await read(holder, stream)) });
  const stated = { params: await seen(), body: told.application };
  wanted(await holder.POST("/v1/cases/{case_id}/applications", stated));
  for (const each of told.files) {
    const { upload } = wanted(
      await holder.POST("/v1/cases/{case_id}/uploads", {
        params: at(stream),
        body: scan as unknown as string, // what openapi-typescript calls octets
        bodySerializer: (octets: unknown) => octets as BodyInit,
        headers: { "Content-Type": "application/octet-stream" },
      }),
    );
    const attached = { params: await seen(), body: { ...each, upload } };
    wanted(await holder.POST("/v1/cases/{case_id}/materials", attached));
  }
  const body = { declared_truthful: true, declared_unclassified: true };
  wanted(await holder.POST("/v1/cases/{case_id}/submissions", { params: await seen(), body }));
  return stream;
}

function claims(seen: Schemas["Case"]): string[] {
  const stated = seen.application;
  if (stated === null) throw new Error("nothing stated");
  return [
    ...(stated.educations ?? []),
    ...(stated.work ?? []),
    ...(stated.titles ?? []),
    ...(stated.assessments ?? []),
    ...(stated.achievements ?? []),
    ...(stated.licences ?? []),
    ...stated.particulars,
    ...stated.periods,
    ...(stated.insurance === null ? [] : [stated.insurance]),
  ].map((each) => each.claim);
}

async function opine(handler: Api, case_id: string): Promise<void> {
  for (const question of (await read(handler, case_id)).standing.open_questions) {
    wanted(
      await handler.POST("/v1/cases/{case_id}/judgements", {
        params: { ...at(case_id), header: changing(await read(handler, case_id)) },
        body: { question, satisfied: true, grounds: "经查阅原件，符合条件。" },
      }),
    );
  }
  const duties = wanted(await handler.GET("/v1/cases/{case_id}/duties", { params: at(case_id) }));
  const seen = await read(handler, case_id);
  const own = ["applicant", "register"];
  wanted(
    await handler.POST("/v1/cases/{case_id}/handler-opinions", {
      params: { ...at(case_id), header: changing(seen) },
      body: {
        recommendation: "approve",
        opinion: "经逐项核实，建议通过。",
        no_reason_to_recuse: true,
        verifications: claims(seen).map((claim) => ({
          claim,
          finding: "confirmed" as const,
          materials: seen.materials
            .filter((each) => each.supports.includes(claim))
            .map((each) => each.material),
        })),
        establishes: duties.open
          .filter((each) => each.due && !each.said_by.some((by) => own.includes(by)))
          .map(({ fact }) => ({ fact, value: told.established[fact] ?? null })),
      },
    }),
  );
}

async function decide(leader: Api, case_id: string): Promise<void> {
  const body = { password: told.password };
  wanted(await leader.POST("/v1/sessions/current/confirmations", { body }));
  wanted(
    await leader.POST("/v1/cases/{case_id}/leader-decisions", {
      params: { ...at(case_id), header: changing(await read(leader, case_id)) },
      body: { decision: "approve", no_reason_to_recuse: true },
    }),
  );
}

const KINDS = [
  "application/x-ndjson",
  "text/csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
] as const satisfies readonly Schemas["ExportBody"]["media_type"][];

async function takenOut(case_id: string, position: number): Promise<string[]> {
  const watching = await signedIn(told.watching);
  const [q, whole] = [`case:${case_id}`, [] as string[]];
  wanted(await watching.GET("/v1/acts", { params: { query: { q, wait_for: position } } }));
  for (const media_type of KINDS) {
    const answer = await watching.POST("/v1/exports", {
      params: { header: { ...fresh(), Mandate: told.mandate } },
      body: { list: "acts", media_type, q },
      parseAs: "arrayBuffer",
    });
    const digest = createHash("sha256").update(Buffer.from(wanted(answer))).digest("base64");
    const said = answer.response.headers.get("Repr-Digest");
    if (said === `sha-256=:${digest}:`) whole.push(media_type);
  }
  return whole;
}

const holder = await opened();
const case_id = await drafted(holder);
let handler = holder;
for (const [handlers, leaders] of told.stages) {
  handler = await signedIn(handlers);
  await opine(handler, case_id);
  await decide(await signedIn(leaders), case_id);
}
const issuing = { ...at(case_id), header: changing(await read(handler, case_id)) };
const { position } = wanted(
  await handler.POST("/v1/cases/{case_id}/certificates", { params: issuing }),
);

const recognised = await read(holder, case_id);
const page = wanted(
  await holder.GET("/v1/cases/{case_id}/certificate", { params: at(case_id), parseAs: "text" }),
);
const [first] = recognised.materials;
if (first === undefined) throw new Error("no material");
const file = wanted(
  await holder.GET("/v1/cases/{case_id}/materials/{material}/content", {
    params: { path: { case_id, material: first.material } },
    parseAs: "arrayBuffer",
  }),
);
const { phase, certificate } = recognised.standing;
console.log(
  JSON.stringify({
    phase,
    certificate,
    printed: certificate !== null && page.includes(certificate),
    same_file: scan.equals(Buffer.from(file)),
    taken_out: await takenOut(case_id, position),
  }),
);
