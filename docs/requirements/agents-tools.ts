import type { Requirement } from './requirement.ts'

const schema = 'primitives/agents/src/schema'

export const agentsTools: Requirement[] = [
  {
    id: 'AGENTS-SCHEMA-01',
    source: `standard: JSON Schema 2020-12; ${schema}`,
    behaviour:
      'A value that does not fit a schema is answered with every place that is wrong and what was expected there.',
  },
  {
    id: 'AGENTS-SCHEMA-02',
    source: `standard: JSON Schema 2020-12, 2019-09, draft-07, draft-06, draft-04; standard: OpenAPI 3.0.3, Schema Object; ${schema}`,
    behaviour: 'A schema is read by the dialect that it names, or by the one that its document implies.',
  },
  {
    id: 'AGENTS-SCHEMA-03',
    source: `standard: JSON Schema 2020-12, 8.2.3; ${schema}`,
    behaviour: 'A reference in a schema fetches nothing and reads no file.',
  },
  {
    id: 'AGENTS-SCHEMA-04',
    source: `standard: JSON Schema 2020-12, 10.3; ${schema}`,
    behaviour:
      'No pattern of a schema takes longer than linear time; those that would have to are named and not checked.',
  },
  {
    id: 'AGENTS-MCP-ASKS-01',
    source: 'standard: MCP 2026-07-28, multi round-trip requests, elicitation',
    behaviour:
      'A tool of MCP may ask a person in the middle of a call: the run waits durably, what is filled in fits the form, and the call is made once more with it and the state of the server.',
  },
  {
    id: 'AGENTS-MCP-ASKS-02',
    source: 'standard: MCP 2026-07-28, multi round-trip requests, elicitation',
    behaviour: 'Where a person does not answer or says no, the server is told so and gets nothing else.',
  },
  {
    id: 'AGENTS-IMPORT-01',
    source: 'primitives/agents/README.md#imports',
    behaviour: 'A workflow of n8n becomes a draft with the same steps and arrows, its loops maps.',
  },
  {
    id: 'AGENTS-IMPORT-02',
    source: 'primitives/agents/README.md#imports',
    behaviour:
      'What is an expression there is one here, what is plain text stays plain, and a credential is named and not held.',
  },
  {
    id: 'AGENTS-IMPORT-03',
    source: 'primitives/agents/README.md#imports',
    behaviour:
      'An expression that became CEL has the value that it has in JavaScript; what CEL cannot say is left to a person.',
  },
  {
    id: 'AGENTS-IMPORT-04',
    source: 'primitives/agents/README.md#imports',
    behaviour: 'Code of another platform does not run before somebody has read it.',
  },
  {
    id: 'AGENTS-IMPORT-05',
    source: 'primitives/agents/README.md#imports',
    behaviour: 'Apps of Dify and flows of Flowise become drafts with the same arrows, their containers maps.',
  },
  {
    id: 'AGENTS-IMPORT-06',
    source: 'primitives/agents/README.md#imports',
    behaviour:
      'Lists of functions, MCP and A2A bring sources of tools; a server that is started by a command stays with an administrator.',
  },
  {
    id: 'AGENTS-IMPORT-07',
    source: 'primitives/agents/README.md#imports',
    behaviour: 'An import runs nothing, connects to nothing and starts no process, whatever the file says.',
  },
  {
    id: 'AGENTS-OPENAPI-01',
    source: 'standard: OpenAPI 3.1.1; primitives/agents/src/openapi',
    behaviour:
      'Each operation of a document (2.0, 3.0, 3.1) has a schema of JSON Schema 2020-12 that stands by itself.',
  },
  {
    id: 'AGENTS-OPENAPI-02',
    source: 'standard: IETF draft-ietf-httpapi-idempotency-key-header-07; primitives/agents/src/openapi',
    behaviour: 'An operation that takes an idempotency key takes it from the edge, never from a model.',
  },
  {
    id: 'AGENTS-OPENAPI-03',
    source: 'standard: OpenAPI 3.1.1, Style Values; primitives/agents/src/openapi',
    behaviour: 'Arguments are encoded into their places: none can change host, path or headers.',
  },
  {
    id: 'AGENTS-TOOLS-01',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'A credential is read at the edge, goes to the sources that it is for and no others, and is in no definition, argument or answer.',
  },
  {
    id: 'AGENTS-TOOLS-02',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour: 'A source calls its own address and what lies below it, whatever its arguments say.',
  },
  {
    id: 'AGENTS-TOOLS-03',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'A tool that refuses, breaks off, answers garbage or too much has a stated outcome; one that may have happened is lost and not failed.',
  },
  {
    id: 'AGENTS-TOOLS-04',
    source: 'standard: MCP 2025-11-25, Streamable HTTP; primitives/agents/README.md#sources-of-tools',
    behaviour: 'The tools of an MCP server are listed and called over streamable HTTP.',
  },
  {
    id: 'AGENTS-TOOLS-06',
    source: 'standard: MCP 2025-11-25, stdio; primitives/agents/README.md#sources-of-tools',
    behaviour:
      'An MCP server that is a program is started where an administrator has listed it, without a shell and with the environment that is listed; it is started again where it ended, and a call that it did not answer is lost.',
  },
  {
    id: 'AGENTS-PIN-01',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'A tool that has changed pauses all live agents that took it for what it was, shows what differs by meaning, and is taken as it is for one of them or all by a version that goes live as any does.',
  },
  {
    id: 'AGENTS-TOOLS-05',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour: 'Code of a step reaches nothing, and ends after a second or 64 MiB.',
  },
  {
    id: 'AGENTS-SQL-01',
    source: 'primitives/agents/README.md#databases',
    behaviour:
      'A query is read by PostgreSQL’s own parser and has to be one SELECT that by its form changes and locks nothing; whatever else stands in it, or behind it, is refused.',
  },
  {
    id: 'AGENTS-SQL-02',
    source: 'primitives/agents/README.md#databases',
    behaviour:
      'A query calls no function that may have an effect, tells of the server or is the database’s own, and reads no table outside of the schemas of its source, even where its login may.',
  },
  {
    id: 'AGENTS-SQL-03',
    source: 'primitives/agents/README.md#databases',
    behaviour:
      'Values are parameters and never text of a query; rows are JSON; an administrator’s queries are tools with typed arguments.',
  },
  {
    id: 'AGENTS-SQL-04',
    source: 'primitives/agents/README.md#databases',
    behaviour:
      'A query that is slow or answers much is ended, and a database that is away or refuses is told of without its password.',
  },
  {
    id: 'AGENTS-CRED-01',
    source: 'primitives/agents/README.md#credentials',
    behaviour:
      'What is secret of a credential is sealed in the database, bound to its tenant and name, and no method gives it to a caller.',
  },
  {
    id: 'AGENTS-CRED-02',
    source: 'primitives/agents/README.md#credentials',
    behaviour:
      'A credential goes to the sources that it is for, for runs of its team and calls of its tenant only.',
  },
  {
    id: 'AGENTS-CRED-03',
    source: 'primitives/agents/README.md#credentials',
    behaviour: 'Another secret holds from the next call on in every process; a revoked one is gone.',
  },
  {
    id: 'AGENTS-CRED-04',
    source: 'primitives/agents/README.md#credentials',
    behaviour: 'Each use of a credential leaves behind who used it, for which call.',
  },
  {
    id: 'AGENTS-CRED-05',
    source:
      'standard: MCP 2025-11-25, Authorization; standard: RFC 9728; standard: RFC 8414; standard: RFC 7591; standard: RFC 8707; primitives/agents/README.md#credentials',
    behaviour:
      'How an MCP server is signed in to is found out from it: metadata of another resource or issuer are refused, a client is registered where the authorization server takes one, and tokens are asked for that server only.',
  },
  {
    id: 'AGENTS-OAUTH-01',
    source:
      'standard: RFC 6749; standard: RFC 7636; standard: RFC 8628; primitives/agents/README.md#credentials',
    behaviour:
      'A credential is connected by code with PKCE, by a device’s code or as a client; what comes back counts once, for the tenant and the key that began it.',
  },
  {
    id: 'AGENTS-OAUTH-02',
    source: 'standard: RFC 6749, 6; standard: RFC 9700, 4.14; primitives/agents/README.md#credentials',
    behaviour:
      'Of all processes one refreshes a token, by the refresh token that came last; a grant that was taken away says to connect anew.',
  },
  {
    id: 'AGENTS-HOOK-03',
    source: 'primitives/agents/README.md#credentials',
    behaviour:
      'Secrets of webhooks are sealed in the database, those that an earlier release wrote in the open too, and go on to hold.',
  },
  {
    id: 'AGENTS-HOUSE-01',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'Objects of the house are those of the tenant below the source’s name; a new key takes the same content twice and no other, and no key leads out.',
  },
  {
    id: 'AGENTS-HOUSE-02',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour: 'The ledger gives decisions of the tenant and takes an outcome once for a call.',
  },
  {
    id: 'AGENTS-CRAWL-01',
    source: 'standard: RFC 9309; primitives/agents/README.md#sources-of-tools',
    behaviour:
      'Pages are read as their site allows, a second apart at least, as text and links; scripts and what is hidden are no text.',
  },
  {
    id: 'AGENTS-CRAWL-02',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'A page that leads in a circle, is no text, is too long, too deep or not public has a stated outcome.',
  },
  {
    id: 'AGENTS-MAIL-01',
    source: 'standard: RFC 9051; primitives/agents/README.md#sources-of-tools',
    behaviour:
      'A mailbox is searched and read without a change to it; what is wrong is said without the password.',
  },
  {
    id: 'AGENTS-MAIL-02',
    source: 'standard: RFC 5321; primitives/agents/README.md#sources-of-tools',
    behaviour:
      'A message has an id of its call, so that it can be asked for; one that was refused is told from one that may have gone out; no text becomes a recipient or a header.',
  },
  {
    id: 'AGENTS-MAIL-03',
    source: 'standard: RFC 5322; primitives/agents/README.md#sources-of-tools',
    behaviour: 'An email that is given as text is read, or said to be unreadable, whatever it is.',
  },
  {
    id: 'AGENTS-BAD-01',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'An answer that is huge, packed to be, broken, of a wrong kind, redirected for ever, twice or never has a stated outcome, by whether the call may have happened.',
  },
  {
    id: 'AGENTS-PAGE-TOOLS-01',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'The page of tools shows what each may change, who uses it and how its last calls came out, and tries one as a run would; the studio’s palette has the same tools.',
  },
  {
    id: 'AGENTS-PAGE-TOOLS-02',
    source: 'primitives/agents/README.md#credentials',
    behaviour: 'A credential is added with a secret that the page never shows again.',
  },
  {
    id: 'AGENTS-SOURCES-01',
    source: 'primitives/agents/README.md#sources-of-tools',
    behaviour:
      'A tenant registers sources that only it has; what nothing can be made of is refused at once, and a name of the configuration is nobody’s.',
  },
]
