import type { Requirement } from './requirement.ts'

export const server: Requirement[] = [
  {
    id: 'SERVER-ROUTES-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Every route refuses who has no key (401), too low a scope (403) and another tenant’s id (404).',
  },
  {
    id: 'SERVER-ROUTES-02',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'Requests are parsed at the edge; an error names the place, the field and what was expected.',
  },
  {
    id: 'SERVER-ROUTES-03',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'A defect shows nothing but an id that the log has.',
  },
  {
    id: 'SERVER-KEYS-01',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Keys are created, listed and revoked; the secret is shown once and only its hash is kept.',
  },
  {
    id: 'SERVER-KEYS-02',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'A key that differs by one character, or was revoked, is refused.',
  },
  {
    id: 'SERVER-KEYS-03',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'A publishable key works for pages of its origins only.',
  },
  {
    id: 'SERVER-KEYS-04',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Keys and tenants in PostgreSQL behave as those in memory.',
  },
  {
    id: 'SERVER-KEYS-05',
    source: 'docs/design/models.md#meter',
    behaviour:
      'A key of the scope models calls models and nothing else; a key may have an end and limits of its own, and is told when it has ended.',
  },
  {
    id: 'SERVER-CORS-01',
    source: 'standard: Fetch Standard, 3.2',
    behaviour:
      'Pages of configured origins may call a mount with a key and read its answers and refusals; no others, never with credentials, and there is no origin for all.',
  },
  {
    id: 'SERVER-TENANT-01',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Another tenant’s things look unknown, and its keys are out of reach.',
  },
  {
    id: 'SERVER-TENANT-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Whatever another tenant calls, with whose ids, all that there is of a tenant stays as it was; what all tenants share is for the main one.',
  },
  {
    id: 'SERVER-LOOPBACK-01',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Without keys only this machine is served: no proxied request, no foreign page.',
  },
  {
    id: 'SERVER-LIMITS-01',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'Rate limits answer 429 with the time to wait and never let more through.',
  },
  {
    id: 'SERVER-LIMITS-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'A body over the limit gets 413 without being read whole; slow or too many connections are cut off.',
  },
  {
    id: 'SERVER-CONNECTIONS-01',
    source: 'apps/server/README.md#limits',
    behaviour:
      'Connections are shared out by client, behind trusted proxies by the forwarded one: however many one client holds, others, /healthz and administrators are served.',
  },
  {
    id: 'SERVER-DISK-01',
    source: 'docs/operations/README.md#when-something-is-away-or-full',
    behaviour:
      'A full disk stops nothing: reads are answered, what would be stored gets 507 with what to do, and all goes on by itself when there is room, with everything that was acknowledged.',
  },
  {
    id: 'SERVER-OUTAGE-01',
    source: 'docs/operations/README.md#when-something-is-away-or-full',
    behaviour:
      'An embedded PostgreSQL that ends is started again, with 503 and Retry-After meanwhile; one that does not stay up ends the server with one sentence and exit code 1.',
  },
  {
    id: 'SERVER-OUTAGE-02',
    source: 'docs/operations/README.md#when-something-is-away-or-full',
    behaviour:
      'While an external database is away, what needs it answers 503 with Retry-After and a plain sentence, health says so, and it is used again when it is back.',
  },
  {
    id: 'SERVER-OPENAPI-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'The OpenAPI document is valid and describes every route.',
  },
  {
    id: 'SERVER-SSE-01',
    source: 'ARCHITECTURE.md#rules',
    behaviour:
      'An event stream waits for a slow reader, keeps 256 KiB for one who does not read, cuts that one off, and ends its source when the reader goes away.',
  },
  {
    id: 'SERVER-SSE-02',
    source: 'ARCHITECTURE.md#rules',
    behaviour: 'A stream resumes after Last-Event-ID.',
  },
  {
    id: 'SERVER-SYSTEMS-01',
    source: 'ARCHITECTURE.md#layout',
    behaviour: 'A system that fails to start leaves the others running, and health says so.',
  },
  {
    id: 'SERVER-STOP-01',
    source: 'ARCHITECTURE.md#start-and-stop',
    behaviour: 'Stopping lets running requests finish, then ends them, then stops the systems.',
  },
  {
    id: 'SERVER-PAGES-01',
    source: 'docs/design/console.md#checked',
    behaviour: 'Pages are served with a strict content policy, and cached for ever only under hashed names.',
  },
  {
    id: 'SERVER-PAGES-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Pages load pictures from no third host, and use no camera, microphone, place or payment of the browser.',
  },
  {
    id: 'SERVER-TILES-01',
    source: 'docs/design/console.md#first-minute',
    behaviour: 'Tiles stream at the start and then only when they change.',
  },
  {
    id: 'SERVER-LEDGER-02',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour:
      'Decisions of all systems are listed, the last recorded first, narrowed by system, kind, subject, version and time; each has a page of its own.',
  },
  {
    id: 'SERVER-LEDGER-01',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour: 'The ledger is read over HTTP, without other tenants’ decisions.',
  },
  {
    id: 'SERVER-ROUTES-04',
    source: 'ARCHITECTURE.md#security',
    behaviour: 'No request, however hostile, makes the server fail.',
  },
  {
    id: 'SERVER-EDGE-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Of requests generated from the schemas of every route, with hostile values everywhere and as everybody who may come in, none makes the product fail or tells foreign words.',
  },
  {
    id: 'SERVER-RAW-01',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'A system may answer requests below a mount by itself; host and origin are checked as for every route.',
  },
  {
    id: 'SERVER-RAW-02',
    source: 'ARCHITECTURE.md#security',
    behaviour:
      'Where keys are needed, a mount needs one of at least the scope operator, as a bearer token or as x-api-key.',
  },
  {
    id: 'SERVER-RAW-03',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A mount may take over WebSockets; elsewhere they are refused, and an open one does not hold up the stop.',
  },
  {
    id: 'SERVER-SIGNIN-01',
    source: 'apps/server/README.md#who-calls',
    behaviour:
      'Nobody is an administrator without a key, a token or a sign-in, whatever headers a request carries or lacks.',
  },
  {
    id: 'SERVER-SIGNIN-02',
    source: 'apps/server/README.md#who-calls',
    behaviour: 'The installation token administers; it is a file that only its owner reads, made once.',
  },
  {
    id: 'SERVER-SIGNIN-03',
    source: 'apps/server/README.md#who-calls',
    behaviour:
      'A sign-in link works once within an hour; its session is a cookie that no script reads and no other origin uses.',
  },
  {
    id: 'SERVER-SIGNIN-04',
    source: 'apps/server/README.md#who-calls',
    behaviour:
      'Behind nginx and Caddy with their default configurations, no route of the whole table takes a stranger for anybody.',
  },
  {
    id: 'SERVER-LOAD-01',
    source: 'systems/drive/README.md#what-requests-may-simulate',
    behaviour: 'The heaviest simulation that can be asked for holds the event loop for less than 250 ms.',
  },
  {
    id: 'SERVER-LOAD-02',
    source: 'systems/drive/README.md#what-requests-may-simulate',
    behaviour:
      'A tenant that asks for more simulations than its share is refused with when to come again, and no other waits for it.',
  },
  {
    id: 'SERVER-LOAD-03',
    source: 'systems/drive/README.md#what-requests-may-simulate',
    behaviour:
      'The largest clearance that the schema allows begins without holding up others, in memory that its size does not matter to; a larger one is refused.',
  },
]
