import type { Requirement } from './requirement.ts'

export const models: Requirement[] = [
  {
    id: 'MODELS-CONFORM-02',
    source: 'docs/design/models.md#speak',
    behaviour: 'compatcanary passes every probe of its modern profile in front of a real model.',
  },
  {
    id: 'MODELS-CONFORM-01',
    source: 'docs/design/models.md#speak',
    behaviour:
      'The official openai and @anthropic-ai/sdk clients work unchanged against the gateway in front of a real model: chat, streams, tools, schemas, completions, embeddings, Responses, Messages, errors, aborts.',
  },
  {
    id: 'MODELS-ROUTE-01',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'Whatever happens in whatever order, a replica’s counts are those of its requests in flight: never negative, zero when all have ended, however often a request is ended.',
  },
  {
    id: 'MODELS-ROUTE-02',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'No replica gets more than its limit, and a higher tier gets a request only when no replica of the tiers below can take it.',
  },
  {
    id: 'MODELS-ROUTE-03',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'What is known of cached prefixes takes a fixed amount of memory, forgets ends before beginnings, and finds the longest known prefix.',
  },
  {
    id: 'MODELS-ROUTE-04',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'On a trace with shared prefixes the prefill-aware policy gives first tokens sooner than least outstanding, on replicas of equal and of unequal speed.',
  },
  {
    id: 'MODELS-ROUTE-05',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'Among hundreds of replicas a choice looks at a few and is as good as one that looks at all: load stays even, and prefixes go where they are known.',
  },
  {
    id: 'MODELS-ROUTE-06',
    source: 'docs/design/models.md#route',
    behaviour:
      'The routing bench reads every trace below a folder, of Azure’s columns or Mooncake’s fields, whatever its file is called, and says of a broken one where.',
  },
  {
    id: 'MODELS-BREAKER-01',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'An open breaker gets nothing until its pause is over, then one request at a time; only a request that ended well closes it.',
  },
  {
    id: 'MODELS-BREAKER-02',
    source: 'docs/decisions/0015-routing.md',
    behaviour: 'Outliers are ejected, never more than the configured share of a tier.',
  },
  {
    id: 'MODELS-BREAKER-03',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'A replica that says it is busy gets nothing until the time it named, and is not counted as failing.',
  },
  {
    id: 'MODELS-BREAKER-04',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'Addresses are asked for their health; two failures in a row take their replicas out, one success brings them back.',
  },
  {
    id: 'MODELS-BREAKER-05',
    source: 'docs/decisions/0015-routing.md',
    behaviour:
      'Beside replicas that answer, one that takes requests and never answers loses the calls of its first moments at most, although its clients leave before any deadline.',
  },
  {
    id: 'MODELS-FAIL-01',
    source: 'docs/design/models.md#route',
    behaviour:
      'A fault before the first token of an answer is not seen by the client while another replica is well.',
  },
  {
    id: 'MODELS-FAIL-02',
    source: 'docs/design/models.md#route',
    behaviour:
      'When no replica can answer, the client gets a JSON error with its status and Retry-After, within the deadlines.',
  },
  {
    id: 'MODELS-FAIL-03',
    source: 'docs/design/models.md#never',
    behaviour:
      'A stream that broke after its first token ends in an error event of the API spoken, never cleanly, and is not asked for again.',
  },
  {
    id: 'MODELS-FAIL-04',
    source: 'docs/design/models.md#route',
    behaviour: 'A client that goes away ends its request upstream at once, wherever it stands.',
  },
  {
    id: 'MODELS-FAIL-05',
    source: 'docs/design/models.md#route',
    behaviour:
      'A client that reads slowly slows the upstream, in bounded memory, and is not cut for a silence of its own making.',
  },
  {
    id: 'MODELS-FAIL-06',
    source: 'docs/design/models.md#route',
    behaviour: 'Of a hedged pair the first to answer is delivered and the other is stopped at once.',
  },
  {
    id: 'MODELS-FAIL-07',
    source: 'docs/design/models.md#queue',
    behaviour:
      'No request waits for replicas that are all down, or busy for longer than it may wait: it is told when to come back.',
  },
  {
    id: 'MODELS-FAIL-08',
    source: 'docs/design/models.md#route',
    behaviour:
      'A change of the table drops no stream; replicas that stay keep their counts and breakers, and what waits goes by the new table.',
  },
  {
    id: 'MODELS-FAIL-09',
    source: 'docs/design/models.md#route',
    behaviour:
      'Calls from the same process fail over, slow down and stop as those over HTTP do, and fail with a ModelError that says why.',
  },
  {
    id: 'MODELS-FAIL-10',
    source: 'docs/design/models.md#never',
    behaviour:
      'A gateway that stops ends the streams under way with an error event of their API and books them as cut.',
  },
  {
    id: 'MODELS-METER-01',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'Live statistics follow a call from the queue through its replica to its end; tokens are counted once.',
  },
  {
    id: 'MODELS-METER-02',
    source: 'docs/decisions/0017-metering.md',
    behaviour: 'Live statistics take fixed memory whatever names of models and codes of errors come.',
  },
  {
    id: 'MODELS-MONEY-01',
    source: 'docs/design/models.md#meter',
    behaviour: 'A request that an upstream refuses costs nothing.',
  },
  {
    id: 'MODELS-MONEY-02',
    source: 'docs/design/models.md#meter',
    behaviour:
      'An error body with status 200 is a failure, streamed or not; one that refuses the request is the request’s own fault.',
  },
  {
    id: 'MODELS-MONEY-03',
    source: 'docs/design/models.md#meter',
    behaviour:
      'A request reserves of its budgets what it may cost until it has ended, so that requests under way do not overspend one together by more than 1 %.',
  },
  {
    id: 'MODELS-MONEY-04',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Attempts that nobody gets are booked as wasted, apart from the call’s cost and on the same budgets.',
  },
  {
    id: 'MODELS-MONEY-05',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Where an upstream says nothing of usage, the pieces of its answer are counted and nothing else, and text is text whatever it looks like.',
  },
  {
    id: 'MODELS-MONEY-06',
    source: 'docs/design/models.md#meter',
    behaviour: 'Tokens written to a cache are billed by how long it keeps them.',
  },
  {
    id: 'MODELS-WIRE-01',
    source: 'docs/design/models.md#speak; standard: RFC 8259',
    behaviour:
      'The gateway reads model, stream, limits and prompt of a request without parsing it, as JSON.parse would, and changes nothing but the bytes of the model and of include_usage.',
  },
  {
    id: 'MODELS-WIRE-02',
    source: 'docs/design/models.md#speak; standard: RFC 8259',
    behaviour:
      'A body that is not a JSON object is refused with 400 `body-not-json` and the position; nested brackets cost bounded time.',
  },
  {
    id: 'MODELS-WIRE-03',
    source: 'docs/design/models.md#route',
    behaviour:
      'A conversation that goes on has the prefix hashes of what it was; a changed block changes its hash and all after it.',
  },
  {
    id: 'MODELS-WIRE-04',
    source: 'standard: OpenAI API reference, Error codes; standard: Anthropic API reference, Errors',
    behaviour: 'An error has the body, the event and the type that the API spoken has for its status.',
  },
  {
    id: 'MODELS-WIRE-05',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Usage, end, cut and errors of a passing stream are the same however its bytes are split, with bounded memory.',
  },
  {
    id: 'MODELS-WIRE-06',
    source: 'docs/design/models.md#never',
    behaviour:
      'A client receives whole events only, so that a broken stream can always end in an error event.',
  },
  {
    id: 'MODELS-WIRE-07',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Fresh, cached, cache-written, output and reasoning tokens are kept apart for every API and known variant; usage that cannot be true is not believed.',
  },
  {
    id: 'MODELS-WIRE-08',
    source: 'docs/design/models.md#speak; standard: Anthropic API reference, Messages',
    behaviour:
      "Anthropic's official client gets the same message from a model that speaks chat, whole or streamed: text, thinking, tool calls, stop reasons, usage.",
  },
  {
    id: 'MODELS-WIRE-09',
    source: 'docs/design/models.md#speak; standard: OpenAI API reference, Responses',
    behaviour:
      "OpenAI's official client gets the same response from a model that speaks chat, whole or streamed; what needs kept state is refused by name.",
  },
  {
    id: 'MODELS-WIRE-10',
    source: 'docs/design/models.md#speak; standard: OpenAI API reference, Completions',
    behaviour: 'Legacy completions work over a model that speaks chat, whole and streamed.',
  },
  {
    id: 'MODELS-WIRE-11',
    source: 'docs/design/models.md#speak',
    behaviour:
      'A whole answer of an upstream that was asked for a stream reaches the client as a stream of its API.',
  },
  {
    id: 'MODELS-WIRE-12',
    source: 'docs/design/models.md#speak',
    behaviour:
      'Parallel tool calls whose arguments a server writes in turns reach Responses and Messages clients whole.',
  },
  {
    id: 'MODELS-WIRE-13',
    source: 'standard: RFC 9110, 8.4.1',
    behaviour: 'Packed bodies of clients are read, in bounded memory, or refused with 415.',
  },
  {
    id: 'MODELS-WIRE-14',
    source: 'docs/design/models.md#speak',
    behaviour: 'Tokens of a prompt can be counted by the address that Anthropic has for it.',
  },
  {
    id: 'MODELS-WIRE-15',
    source: 'docs/design/models.md#speak',
    behaviour: 'A base address that is wrong by a doubled /v1 or a slash is told so.',
  },
  {
    id: 'MODELS-WIRE-16',
    source: 'docs/design/models.md#speak',
    behaviour:
      'Upstreams that pack answers unasked, or end lines with carriage returns alone, are understood.',
  },
  {
    id: 'MODELS-WIRE-17',
    source: 'docs/design/models.md#never',
    behaviour: 'An upstream’s own code for a refusal of the gateway is told, its words are not.',
  },
  {
    id: 'MODELS-WIRE-18',
    source: 'docs/design/models.md#speak',
    behaviour:
      'What a provider declares below /v1 passes as bytes in both directions, with key, limits, meter, deadlines, breaker and back-pressure; what breaks in the middle never ends as if whole.',
  },
  {
    id: 'MODELS-WIRE-19',
    source: 'docs/design/models.md#speak; standard: RFC 9110, 9.3 and 15.5',
    behaviour:
      'A path that nothing serves is answered 404 in the form of the API with those that there are, a wrong method 405; HEAD and OPTIONS are answered.',
  },
  {
    id: 'MODELS-WIRE-20',
    source: 'standard: RFC 6455; standard: OpenAI API reference, Realtime',
    behaviour:
      'A WebSocket to a declared path is relayed to a replica with key and limits, and metered as one request.',
  },
  {
    id: 'MODELS-WIRE-21',
    source: 'standard: OpenAI API reference, Responses',
    behaviour:
      'A response is gone on from by its id, read, listed and deleted, by its own tenant, for as long as the table says; one that was not to be stored is kept nowhere.',
  },
  {
    id: 'MODELS-WIRE-22',
    source: 'standard: OpenAI API reference, Responses',
    behaviour: 'What a replica keeps itself is asked of that replica again, and only by its tenant.',
  },
  {
    id: 'MODELS-WIRE-23',
    source: 'docs/design/models.md#speak',
    behaviour: 'Events of several MiB pass, first ones too, and events that come a byte at a time.',
  },
  {
    id: 'MODELS-WIRE-24',
    source: 'standard: RFC 9110, 10.1.1 and 15.5; standard: RFC 9112',
    behaviour:
      'Requests after 100 Continue, in chunks, by HTTP/1.0 and on kept connections are answered; too large ones 413 in words before they are sent, too slow ones 408.',
  },
  {
    id: 'MODELS-WIRE-25',
    source: 'primitives/models/WIRE.md',
    behaviour:
      'Every path and field that the official clients can send is in a table that says what becomes of it, with what proves it.',
  },
  {
    id: 'MODELS-WIRE-26',
    source: 'primitives/models/README.md#responses-to-go-on-from',
    behaviour:
      'A response in the background is answered at once, told by its id as it stands, and stopped at its replica when it is cancelled or deleted; one whose process ended has failed.',
  },
  {
    id: 'MODELS-BATCH-01',
    source: 'standard: OpenAI API reference, Files and Batch',
    behaviour:
      'A file of requests is answered in an output and an error file, behind everything interactive, within its window; it can be cancelled, and is seen by its tenant alone.',
  },
  {
    id: 'MODELS-BATCH-02',
    source: 'standard: OpenAI API reference, Files and Batch',
    behaviour:
      'A batch whose process is killed is answered whole, each request once; none is billed twice, and what had to be answered again is booked as waste.',
  },
  {
    id: 'MODELS-BATCH-03',
    source: 'standard: Anthropic API reference, Message Batches',
    behaviour: 'Message batches of Anthropic’s form run the same way.',
  },
  {
    id: 'MODELS-BATCH-04',
    source: 'docs/design/models.md#speak',
    behaviour: 'Where there is no database, what needs one is answered 501 with the reason and what to do.',
  },
  {
    id: 'MODELS-PROVIDER-01',
    source: 'docs/decisions/0014-provider-wire.md',
    behaviour:
      'A chat request asks the same of Anthropic: turns, tools, pictures, thinking, schema; long stable prefixes are marked for its cache when that is wanted.',
  },
  {
    id: 'MODELS-PROVIDER-02',
    source: 'docs/decisions/0014-provider-wire.md',
    behaviour:
      'What Anthropic answers is the same chat completion whole, streamed and however split; a stream without message_stop or with an error event fails, and its errors have the right status.',
  },
  {
    id: 'MODELS-PROVIDER-03',
    source: 'docs/decisions/0014-provider-wire.md',
    behaviour:
      'A chat request asks the same of Bedrock Converse, with cache points only for models that take them.',
  },
  {
    id: 'MODELS-PROVIDER-04',
    source: 'docs/decisions/0014-provider-wire.md',
    behaviour:
      'What Bedrock answers is the same chat completion whole, streamed and however split; a wrong checksum, an exception or an early end fails.',
  },
  {
    id: 'MODELS-PROVIDER-05',
    source: 'docs/decisions/0014-provider-wire.md',
    behaviour:
      'Requests are authorised by secrets named by reference, read again in time; those to AWS carry the signature that AWS computes.',
  },
  {
    id: 'MODELS-PROVIDER-06',
    source: 'docs/decisions/0014-provider-wire.md',
    behaviour:
      'Through the gateway, streams, cuts and refusals of Anthropic and Bedrock reach a client in the format of the API that it speaks.',
  },
  {
    id: 'MODELS-QUEUE-01',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Interactive requests are served before batch ones; a waiting batch request still gets one turn in 17.',
  },
  {
    id: 'MODELS-QUEUE-02',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Within a class, tenants that always have work get tokens in proportion to their weight, within one request of each.',
  },
  {
    id: 'MODELS-QUEUE-03',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'The queue never holds more than its bound; when full, batch is shed before interactive, with 429 and a Retry-After from the rate at which it drains; every request is settled exactly once.',
  },
  {
    id: 'MODELS-QUEUE-04',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'A waiting request whose client leaves is taken out at once, and one that waits too long is shed.',
  },
  {
    id: 'MODELS-LIMIT-01',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'A tenant or key gets no more requests and tokens than a minute’s worth saved up and the steady refill; who comes back after Retry-After is let in; estimated tokens are corrected by the real number.',
  },
  {
    id: 'MODELS-LIMIT-02',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour: 'Requests in flight are bounded for a tenant and, beside it, for a key.',
  },
  {
    id: 'MODELS-LIMIT-03',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour: 'A key or tenant that may not use a model is refused with 403.',
  },
  {
    id: 'MODELS-LIMIT-04',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour: 'A spent budget of a UTC day or month refuses until the next begins, also after a restart.',
  },
  {
    id: 'MODELS-LIMIT-05',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Limits change while running without losing what was used; idle tenants and keys take no memory.',
  },
  {
    id: 'MODELS-LIMIT-06',
    source: 'docs/design/models.md#meter',
    behaviour:
      'A key’s own models, rates and budgets hold beside those of the table and the tenant, and their refusals have the form of the API spoken.',
  },
  {
    id: 'MODELS-CONFIG-01',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Whatever is wrong in the gateway’s table is told with its line and column, all of it at once.',
  },
  {
    id: 'MODELS-CONFIG-02',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Names that nothing has are told with the nearest that exists; cascades in circles and replicas listed twice are refused.',
  },
  {
    id: 'MODELS-CONFIG-03',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'A changed table is taken however an editor writes it; a bad or missing file leaves the table in force.',
  },
  {
    id: 'MODELS-CONFIG-04',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'An edit keeps comments, is refused when the file is another by now or would not be valid, and replaces the file whole, for its owner only.',
  },
  {
    id: 'MODELS-CACHE-01',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Requests that ask the same have the same key whatever the order of their fields and whether they stream; what changes the answer, and the tenant, changes the key.',
  },
  {
    id: 'MODELS-CACHE-02',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Only whole, successful answers are kept; one that was streamed answers a request for a body and the other way round, with the same content.',
  },
  {
    id: 'MODELS-CACHE-03',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'The cache never holds more bytes than its bound, drops the least recently used first and nothing past its time is given.',
  },
  {
    id: 'MODELS-CACHE-04',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Answers made ahead are given to their tenant only, outlive a restart, and only missing or expired ones are made again.',
  },
  {
    id: 'MODELS-CACHE-05',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour: 'Answers made ahead are dropped by tag.',
  },
  {
    id: 'MODELS-CACHE-06',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour: 'A cheap model’s answer is judged by its end, length, form and a pattern, in bounded time.',
  },
  {
    id: 'MODELS-CACHE-10',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'An answer that a model gave is given again to who asks the same in chat, completions, messages, responses or embeddings, as a body or a stream whichever came first, and is metered as a call that costs nothing.',
  },
  {
    id: 'MODELS-CACHE-11',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'No answer is given again that was cut, refused or ended by its length, is past its time, is of another tenant (unless tenants share) or of a model that keeps none.',
  },
  {
    id: 'MODELS-CACHE-12',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour: 'A kept answer counts as a request of its tenant and takes none of its tokens.',
  },
  {
    id: 'MODELS-CACHE-13',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'A kept answer may come at the pace of the first time; it waits for a slow client and stops when the client leaves.',
  },
  {
    id: 'MODELS-CACHE-14',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'A task may be asked for in place of the model that serves it; limits may name either, and both have the same kept answers.',
  },
  {
    id: 'MODELS-CACHE-15',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'An answer asked for with a tag is given to the next who asks the same, also after a restart, until its tag is dropped.',
  },
  {
    id: 'MODELS-CACHE-16',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'Operators have answers made ahead, for a task and for any API, are told how far it is and what failed, and drop them by tag.',
  },
  {
    id: 'MODELS-CASCADE-01',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'An answer of a cheap model that will do is given; one that will not is asked for again of the next model. The client sees one answer in its own API, and each call is metered.',
  },
  {
    id: 'MODELS-CASCADE-02',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'The next model is asked too when the cheap one fails or breaks off, along a chain; when all others fail, a whole answer of the cheap one is given after all.',
  },
  {
    id: 'MODELS-CASCADE-03',
    source: 'docs/decisions/0016-admission-and-cache.md',
    behaviour:
      'What a cascade gives in the end is kept under the model that was asked; what will not do is not kept.',
  },
  {
    id: 'MODELS-METER-03',
    source: 'docs/decisions/0017-metering.md',
    behaviour: 'A call reaches the request log as it was, the hourly sums, the ledger and Prometheus.',
  },
  {
    id: 'MODELS-METER-04',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'What was recorded before the process was killed is in the table exactly once after the next start.',
  },
  {
    id: 'MODELS-METER-05',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'While the database is away calls wait on disk in bounded memory, and are written when it is back.',
  },
  {
    id: 'MODELS-METER-06',
    source: 'docs/decisions/0017-metering.md',
    behaviour: 'Calls and texts older than the table’s keepDays are dropped; the hourly sums stay.',
  },
  {
    id: 'MODELS-METER-07',
    source: 'docs/decisions/0017-metering.md',
    behaviour: 'Usage by tenant, key, model and provider counts each call once, however often it is written.',
  },
  {
    id: 'MODELS-METER-08',
    source: 'docs/decisions/0017-metering.md; standard: OpenTelemetry semantic conventions, Generative AI',
    behaviour:
      'Each call is a span with the gen_ai attributes, its error and its time, where an exporter is registered.',
  },
  {
    id: 'MODELS-METER-09',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'Every answer that a client got to its end is billed, though the gateway is killed while it answers others.',
  },
  {
    id: 'MODELS-METER-10',
    source: 'docs/decisions/0017-metering.md',
    behaviour: 'Prompts and answers are kept only while the table’s log.prompts is on.',
  },
  {
    id: 'MODELS-METER-11',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Gauges say what an autoscaler asks (in flight, queue, load for each replica in service, states, caches, tenants), with a bounded number of labels.',
  },
  {
    id: 'MODELS-PRICE-01',
    source: 'docs/decisions/0017-metering.md',
    behaviour: 'Input, cache reads, cache writes and output are each billed once and at their own price.',
  },
  {
    id: 'MODELS-PRICE-02',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'Without a price in the gateway’s table, providers’ list prices hold, with their tiers; cached tokens are never billed as fresh.',
  },
  {
    id: 'MODELS-PRICE-03',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'A call whose price is not known is marked as unpriced, and a server of one’s own is not billed at a list price.',
  },
  {
    id: 'MODELS-CONFIG-07',
    source: 'primitives/models/README.md#the-table',
    behaviour:
      'The table lives in the data folder; one that an earlier release left beside the configuration goes on being used, and is copied where it cannot be written.',
  },
  {
    id: 'MODELS-CONFIG-11',
    source: 'docs/design/models.md#reach',
    behaviour:
      'A table that turns bad while the gateway runs is told with its line and reason; the one before stays in effect.',
  },
  {
    id: 'MODELS-CONFIG-10',
    source: 'docs/design/models.md#reach',
    behaviour:
      'An endpoint named in the options, and a pulled model, are served without writing a table; the table wins over both.',
  },
  {
    id: 'MODELS-API-01',
    source: 'docs/decisions/0017-metering.md',
    behaviour: 'A tenant sees its own usage and calls only; administrators of the main tenant see all.',
  },
  {
    id: 'MODELS-API-02',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'The live stream sends the state of replicas, models and calls in flight at once and every second, until the viewer leaves.',
  },
  {
    id: 'MODELS-API-03',
    source: 'docs/decisions/0017-metering.md',
    behaviour:
      'Only administrators of the main tenant read or change the table, replicas, cache and engine that all tenants share.',
  },
  {
    id: 'MODELS-ENGINE-01',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour:
      'The local engine speaks chat completions as OpenAI does: streamed chunks, a finish reason, usage with cached tokens.',
  },
  {
    id: 'MODELS-ENGINE-02',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'A second turn reads only what is new; the rest is taken from what was read before.',
  },
  {
    id: 'MODELS-ENGINE-03',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'Requests that come together decode together and read their common beginning once.',
  },
  {
    id: 'MODELS-ENGINE-04',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour:
      'An answer under a JSON Schema is valid under it whenever it ends by itself; a schema that cannot be held is refused.',
  },
  {
    id: 'MODELS-ENGINE-05',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'A tool that is required is called, with arguments of its schema.',
  },
  {
    id: 'MODELS-ENGINE-06',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'A client that goes away stops its generation at once.',
  },
  {
    id: 'MODELS-ENGINE-07',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour:
      'What cannot be served is refused with the field that asks for it, in the error format of the API.',
  },
  {
    id: 'MODELS-ENGINE-08',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour:
      'Requests beyond the sequences wait in order of arrival; beyond the queue they are answered 429.',
  },
  {
    id: 'MODELS-ENGINE-09',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'An engine that dies is started again; a crash loop ends as failed with the reason.',
  },
  {
    id: 'MODELS-ENGINE-10',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'The engine process never outlives the process that started it.',
  },
  {
    id: 'MODELS-PULL-01',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'Packages come from the index that the machine’s pip is configured for.',
  },
  {
    id: 'MODELS-PULL-02',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'A model is pulled by name, from a file, from the model hub or from an address.',
  },
  {
    id: 'MODELS-PULL-03',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'The engine is installed at the first pull, with the binaries of this machine only.',
  },
  {
    id: 'MODELS-PULL-04',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'A pull that broke off goes on where it stopped.',
  },
  {
    id: 'MODELS-PULL-05',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'A file whose checksum is wrong is never used.',
  },
  {
    id: 'MODELS-PULL-06',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour:
      'An address that a person types is fetched only from the public internet, unless private networks are allowed.',
  },
  {
    id: 'MODELS-PULL-07',
    source: 'docs/decisions/0013-local-engine.md',
    behaviour: 'Two pulls of one model at once do not disturb each other, nor does one that was killed.',
  },
  {
    id: 'MODELS-PULL-08',
    source: 'primitives/models/README.md#first-minutes',
    behaviour:
      'A model is pulled by a button in the background: how far it is comes as events, it can be cancelled and begun again, a failure says what to do, and the first one is served by itself.',
  },
  {
    id: 'MODELS-PULL-09',
    source: 'primitives/models/README.md#first-minutes',
    behaviour:
      'A page pulls names of the catalogue, files of the hub and https addresses; files of the server’s machine only its command line reads.',
  },
  {
    id: 'MODELS-PULL-10',
    source: 'primitives/models/README.md#first-minutes',
    behaviour:
      'A model for embeddings is pulled by name, served beside the model that answers, and never taken for one that answers.',
  },
  {
    id: 'MODELS-PULL-11',
    source: 'standard: ggml, GGUF specification',
    behaviour: 'A file with fewer bytes than its own table of tensors says is refused as cut off.',
  },
  {
    id: 'MODELS-SERVERS-01',
    source: 'primitives/models/README.md#first-minutes',
    behaviour:
      'Servers of models are looked for on their usual ports of 127.0.0.1 only, all at once within a second, without following redirects; the gateway never finds itself.',
  },
  {
    id: 'MODELS-SERVERS-02',
    source: 'primitives/models/README.md#first-minutes',
    behaviour:
      'A server that was found enters the table only when an administrator says so, with its models under their own names; what stands there stays.',
  },
  {
    id: 'MODELS-DISCOVER-01',
    source: 'primitives/models/README.md#replicas-that-are-looked-for',
    behaviour:
      'Replicas are found by DNS, A, AAAA or SRV with priorities and weights, and looked up again when the answer’s time is over.',
  },
  {
    id: 'MODELS-DISCOVER-02',
    source: 'primitives/models/README.md#replicas-that-are-looked-for',
    behaviour:
      'Replicas are the ready endpoints of a Kubernetes service, listed and watched with the account of the pod, and listed anew after 410 Gone.',
  },
  {
    id: 'MODELS-DISCOVER-03',
    source: 'primitives/models/README.md#replicas-that-are-looked-for',
    behaviour: 'Replicas are the running tasks of an ECS service, by signed calls.',
  },
  {
    id: 'MODELS-DISCOVER-04',
    source: 'primitives/models/README.md#replicas-that-are-looked-for',
    behaviour:
      'What is found takes calls only in networks that the table allows, and never at a link-local address.',
  },
  {
    id: 'MODELS-DISCOVER-05',
    source: 'primitives/models/README.md#replicas-that-are-looked-for',
    behaviour:
      'While nobody can say which replicas there are, the last that were known stay, and it is said why.',
  },
  {
    id: 'MODELS-DISCOVER-06',
    source: 'primitives/models/README.md#replicas-that-are-looked-for',
    behaviour:
      'What an engine’s own metrics say of its requests counts in the choice of a replica, until it no longer answers.',
  },
  {
    id: 'MODELS-DISCOVER-08',
    source: 'primitives/models/README.md#replicas-that-are-looked-for',
    behaviour:
      'Replicas that are found are called by https where the table says so; their certificate has to be for the name by which they were found, or the one that the table names, and signed by who the table names.',
  },
  {
    id: 'MODELS-SHARED-VIEW-01',
    source: 'primitives/models/README.md#several-processes',
    behaviour:
      'The live picture of a server with several processes shows the calls, load and replicas of all of them, as of the last second.',
  },
  {
    id: 'MODELS-SAMPLE-01',
    source: 'primitives/models/README.md#sample-traffic',
    behaviour:
      'Sample traffic goes through the real gateway and is marked in table, log, ledger, tile and pages; it costs nothing, takes nothing of limits, is in no metric, and its models serve no client and no system.',
  },
  {
    id: 'MODELS-SAMPLE-02',
    source: 'primitives/models/README.md#sample-traffic',
    behaviour:
      'Sample traffic is taken out of table, log, usage and ledger by one click and by the first call of a client, for good; the option `models.sample` turns it off.',
  },
  {
    id: 'MODELS-START-01',
    source: 'primitives/models/README.md#rooms',
    behaviour:
      'The models system is listed without its start, and starts without the local engine where no model is served here.',
  },
  {
    id: 'MODELS-CONFORM-03',
    source: 'primitives/models/README.md#measured',
    behaviour:
      'The conformance eval says which packages are missing, and how to install them, where only what serves is installed.',
  },
  {
    id: 'MODELS-CONSOLE-01',
    source: 'docs/design/models.md#meter',
    behaviour:
      'A call in flight keeps its row in the lane of its replica and moves along by its age for as long as it runs.',
  },
  {
    id: 'MODELS-CONSOLE-02',
    source: 'docs/design/models.md#meter',
    behaviour:
      'The playground tells first token, gaps, rate, usage and errors of a stream as they came, keeps what was written before an error, and copies requests without a key in them.',
  },
  {
    id: 'MODELS-CONSOLE-03',
    source: 'docs/design/models.md#route',
    behaviour:
      'The form of a route sends only what was changed, as the table’s file has it, and shows each problem at its field.',
  },
  {
    id: 'MODELS-CONSOLE-04',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Usage shows of every budget what is spent and what is left, and never a known cost for an unknown price.',
  },
  {
    id: 'MODELS-CONSOLE-05',
    source: 'docs/design/models.md#meter',
    behaviour:
      'The overview shows live every replica with its calls in flight and what went wrong, and drains and takes back a replica.',
  },
  {
    id: 'MODELS-CONSOLE-06',
    source: 'docs/design/models.md#meter',
    behaviour:
      'The playground streams two models side by side with timing, tokens, cost and errors, and leads to the life of the call in the log.',
  },
  {
    id: 'MODELS-CONSOLE-07',
    source: 'docs/design/models.md#route',
    behaviour:
      'A wrong change of a route is refused at its field and a right one is in the file at once; a broken file shows line and column of what is wrong.',
  },
  {
    id: 'MODELS-CONSOLE-08',
    source: 'docs/design/console.md#checked',
    behaviour:
      'Every page of the gateway fits a desktop and a phone, dark and light, without serious violations of axe or console errors.',
  },
  {
    id: 'MODELS-CONSOLE-09',
    source: 'docs/design/models.md#meter',
    behaviour:
      'As many marks as there is room for stand in a lane, none over another; those that find no place are counted at its end.',
  },
  {
    id: 'MODELS-CONSOLE-10',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Figures of the overview and of usage lead to the calls that they count: by model, outcome and time.',
  },
  {
    id: 'MODELS-CONSOLE-11',
    source: 'primitives/models/README.md#first-minutes',
    behaviour:
      'What can be pulled is listed with size and licence; a pull shows how far it is, is cancelled, and says what to do when it fails.',
  },
  {
    id: 'MODELS-CONSOLE-12',
    source: 'primitives/models/README.md#first-minutes',
    behaviour: 'Servers of models on this machine are shown, and enter the table by a click only.',
  },
  {
    id: 'MODELS-CONSOLE-13',
    source: 'primitives/models/README.md#first-minutes',
    behaviour: 'Pages say that sample traffic is one, and remove it by one click.',
  },
  {
    id: 'MODELS-CONSOLE-14',
    source: 'docs/design/models.md#meter',
    behaviour:
      'Thousands of replicas are one picture, in groups, filtered, the worst first: with 1,500 less than 100 kB a second and 2,000 nodes, and any of them can be looked at.',
  },
  {
    id: 'MODELS-CONSOLE-15',
    source: 'primitives/models/README.md#first-minutes',
    behaviour:
      'Until a model was called, the overview leads from a model over a key, shown once, to a call with that key, and to programs that make it; then it folds away.',
  },
  {
    id: 'MODELS-PROXY-01',
    source: 'docs/design/models.md#reach',
    behaviour:
      'A stream of the API that the client speaks reaches it byte for byte, however its bytes are cut on the way, and its usage is read as it passes.',
  },
  {
    id: 'MODELS-PROXY-02',
    source: 'docs/design/models.md#reach',
    behaviour:
      'The request that a replica of the same API gets is the client’s, byte for byte, but for the model’s name.',
  },
  {
    id: 'MODELS-SECRET-01',
    source: 'primitives/models/README.md#keys-of-providers',
    behaviour:
      'A reference to a key reaches files of the secrets folder, once links are followed, and variables of the prefix or of a provider, and nothing else.',
  },
  {
    id: 'MODELS-SECRET-02',
    source: 'primitives/models/README.md#keys-of-providers',
    behaviour: 'By the API a key that is in use goes to no other host than before.',
  },
  {
    id: 'MODELS-SHARED-01',
    source: 'primitives/models/README.md#several-processes',
    behaviour:
      'Processes on one database never spend and reserve more of a budget together than it is, in whatever order blocks are taken, used, lost and given back.',
  },
  {
    id: 'MODELS-SHARED-02',
    source: 'primitives/models/README.md#several-processes',
    behaviour: 'What a killed process held is there for the others once its lease has ended.',
  },
  {
    id: 'MODELS-SHARED-03',
    source: 'primitives/models/README.md#several-processes',
    behaviour: 'Processes pass a rate by no more than they may hold in advance: 5 % at most.',
  },
  {
    id: 'MODELS-SHARED-04',
    source: 'primitives/models/README.md#several-processes',
    behaviour: 'Four processes that are asked at once pass a budget by no more than 1 %.',
  },
  {
    id: 'MODELS-SHARED-05',
    source: 'primitives/models/README.md#several-processes',
    behaviour: 'Four processes that are asked at once pass a rate by no more than 5 %.',
  },
  {
    id: 'MODELS-SHARED-06',
    source: 'primitives/models/README.md#several-processes',
    behaviour:
      'A process that is killed at work loses no answered call, and none is booked twice: what was spent is the sum of the calls.',
  },
  {
    id: 'MODELS-SHARED-07',
    source: 'primitives/models/README.md#several-processes',
    behaviour:
      'A request is admitted from the block that its process holds; only an empty one waits for an exchange, which answers all who wait.',
  },
  {
    id: 'MODELS-SHARED-08',
    source: 'primitives/models/README.md#several-processes',
    behaviour:
      'While the database is away, budgets last as long as what a process holds of them and answer 503 with Retry-After then; rates go on with its even part.',
  },
  {
    id: 'MODELS-SHARED-09',
    source: 'primitives/models/README.md#several-processes',
    behaviour: 'Budgets begin anew with the UTC day and month for all processes at once.',
  },
  {
    id: 'MODELS-SHARED-10',
    source: 'primitives/models/README.md#several-processes',
    behaviour:
      'A replica that one process takes out is looked at sooner by the others: one failure takes it out there, and the next request is asked for elsewhere as well.',
  },
  {
    id: 'MODELS-SHARED-11',
    source: 'primitives/models/README.md#several-processes',
    behaviour: 'Answers that one process makes ahead, or drops, are known to the others within seconds.',
  },
  {
    id: 'MODELS-SHARED-12',
    source: 'primitives/models/README.md#several-processes',
    behaviour: 'Two servers on one PostgreSQL that are asked at once pass a budget by no more than 1 %.',
  },
  {
    id: 'MODELS-ALONE-01',
    source: 'primitives/models/README.md#alone; docs/decisions/0050-gateway-without-a-database.md',
    behaviour:
      '`heavylift gateway` runs without a database: keys, budgets, calls and usage are there after kill -9 and after a backup and a restore; what needs a database says so.',
  },
  {
    id: 'MODELS-ALONE-02',
    source: 'primitives/models/README.md#alone; docs/decisions/0050-gateway-without-a-database.md',
    behaviour:
      'Keys and tenants in a file behave as those in the database; processes that change it at once lose nothing, and it is its owner’s alone.',
  },
  {
    id: 'MODELS-ALONE-03',
    source: 'primitives/models/README.md#alone; docs/decisions/0050-gateway-without-a-database.md',
    behaviour:
      'Every call that was taken before a kill is in the log once at the next start, and so are its sums.',
  },
  {
    id: 'MODELS-ALONE-04',
    source: 'primitives/models/README.md#alone; docs/decisions/0050-gateway-without-a-database.md',
    behaviour:
      'A log that is cut at any byte has every whole line before the cut; the torn one is dropped and counted.',
  },
  {
    id: 'MODELS-ALONE-05',
    source: 'primitives/models/README.md#alone; docs/decisions/0050-gateway-without-a-database.md',
    behaviour:
      'Segments of calls end with their size and their day; sums of a day that is over are one file and stay when its calls go.',
  },
  {
    id: 'MODELS-ALONE-06',
    source: 'primitives/models/README.md#alone; docs/decisions/0050-gateway-without-a-database.md',
    behaviour: 'A database takes in keys, calls and sums of files at its first start, once.',
  },
  {
    id: 'MODELS-ALONE-07',
    source: 'primitives/models/README.md#alone; docs/decisions/0050-gateway-without-a-database.md',
    behaviour: 'A gateway alone that stops ends streams with the event of their API and books them.',
  },
]
