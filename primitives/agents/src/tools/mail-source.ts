import { InvalidInputError } from '@heavylift/core'
import type { Authorization, Authorize } from '../credentials/authorization.ts'
import { hideSecrets, noAuthorization } from '../credentials/authorization.ts'
import { text } from '../import/json.ts'
import { Mailbox } from '../mail/mailbox.ts'
import type { MailQuery, MailServer } from '../mail/mailbox.ts'
import { readMessage } from '../mail/read-message.ts'
import { composeMessage, sendMessage } from '../mail/send-message.ts'
import type { NewMessage } from '../mail/send-message.ts'
import { described, objectOf } from './described.ts'
import { failedBy } from './failed.ts'
import type { SourceSpec } from './source-spec.ts'
import type { LocateHost } from './sql-source.ts'
import type { CallContext, CheckOutcome, Tool, ToolCall, ToolOutcome, ToolSource } from './tool.ts'

const mostMessageBytes = 10 * 1024 * 1024
const words = { type: 'string', minLength: 1, maxLength: 500 }
const folder = { ...words, default: 'INBOX', description: 'A folder of the mailbox.' }
const addresses = {
  type: 'array',
  maxItems: 100,
  items: { type: 'string', format: 'email', maxLength: 320, pattern: '^[^\\s<>,;]+@[^\\s<>,;]+$' },
}
const message = {
  messageId: { type: ['string', 'null'] },
  inReplyTo: { type: ['string', 'null'] },
  from: addresses,
  to: addresses,
  cc: addresses,
  subject: { type: 'string' },
  date: { type: ['string', 'null'] },
  text: { type: 'string' },
  attachments: { type: 'array', items: { type: 'object' } },
  authentication: { type: ['string', 'null'] },
}

const parse = {
  name: 'parse',
  title: 'Read an .eml file',
  description:
    'Reads an email from its text: senders, recipients, subject, date, text, names of attachments.',
  input: objectOf({ eml: { type: 'string', maxLength: mostMessageBytes } }, ['eml']),
  output: { type: 'object', required: Object.keys(message), properties: message },
  effect: 'none',
  takesKey: true,
} as const

const reading = [
  {
    name: 'search',
    title: 'Search mail',
    description: 'Lists messages of a folder, the newest first. Nothing is marked as read.',
    input: objectOf(
      {
        folder,
        from: words,
        to: words,
        subject: words,
        text: words,
        since: { type: 'string', format: 'date', description: 'YYYY-MM-DD, that day included.' },
        before: { type: 'string', format: 'date' },
        unseen: { type: 'boolean' },
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
      [],
    ),
    output: objectOf({ messages: { type: 'array', items: { type: 'object' } }, isCut: { type: 'boolean' } }, [
      'messages',
      'isCut',
    ]),
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'read',
    title: 'Read a message',
    description: 'Gives a message by its number, with its text. It is not marked as read.',
    input: objectOf({ folder, uid: { type: 'integer', minimum: 1 } }, ['uid']),
    output: {
      type: 'object',
      required: ['uid', ...Object.keys(message)],
      properties: { uid: { type: 'integer' }, folder: { type: 'string' }, ...message },
    },
    effect: 'none',
    takesKey: true,
  },
  {
    name: 'folders',
    title: 'Folders',
    description: 'Lists the folders of the mailbox.',
    input: objectOf({}, []),
    output: objectOf({ folders: { type: 'array', items: { type: 'string' } } }, ['folders']),
    effect: 'none',
    takesKey: true,
  },
] as const

const send = {
  name: 'send',
  title: 'Send a message',
  description: 'Sends an email to its recipients. It cannot be taken back.',
  input: objectOf(
    {
      to: { ...addresses, minItems: 1 },
      cc: addresses,
      subject: { type: 'string', maxLength: 500 },
      text: { type: 'string', maxLength: 500_000 },
      inReplyTo: { type: 'string', maxLength: 1_000, description: 'The messageId of what it answers.' },
    },
    ['to', 'subject', 'text'],
  ),
  effect: 'outside',
  canCheck: true,
} as const

/** The source `mail`: emails that are given as text. */
export function emlSource(): ToolSource {
  const tools = described([parse])
  return {
    name: 'mail',
    list: () => Promise.resolve(tools),
    async call({ args }) {
      try {
        return { state: 'done', value: await readMessage(String(args['eml'])) }
      } catch (error) {
        return failedBy(error)
      }
    },
  }
}

/** A source `mail:…`: a mailbox by IMAP, and where `smtp` is set a way to send. A message has an id that follows from its call, so that it can be asked for later. */
export function mailSource(
  name: string,
  spec: SourceSpec,
  locate: LocateHost,
  authorize: Authorize,
  timeoutMs: number,
): ToolSource {
  const tools: readonly Tool[] = described([...reading, ...(spec.smtp === undefined ? [] : [send])])
  const serverOf = async (address: string): Promise<MailServer> => {
    const url = new URL(address)
    const secure = url.protocol === 'imaps:' || url.protocol === 'smtps:'
    const port = { 'imap:': 143, 'imaps:': 993, 'smtp:': 587, 'smtps:': 465 }[url.protocol] ?? 0
    return {
      host: url.hostname,
      address: await locate(url.hostname),
      port: url.port === '' ? port : Number(url.port),
      secure,
      tls: secure || spec.tls,
    }
  }
  const mailbox = async ({ login }: Authorization): Promise<Mailbox> => {
    if (login === null)
      throw new InvalidInputError({
        code: 'credential-missing',
        message: `A call of ${name} needs a credential with a user: name one in the definition.`,
      })
    return new Mailbox(await serverOf(spec.url!), login, timeoutMs)
  }
  const perform = async (
    { tool, args }: ToolCall,
    given: Authorization,
    context: CallContext,
  ): Promise<ToolOutcome> => {
    const at = text(args['folder'], 'INBOX')
    const { signal } = context
    switch (tool.name) {
      case 'search':
        return {
          state: 'done',
          value: await (await mailbox(given)).search({ limit: 20, ...args, folder: at } as MailQuery, signal),
        }
      case 'read': {
        const most = Math.min(mostMessageBytes, context.maxAnswerBytes)
        return {
          state: 'done',
          value: await (await mailbox(given)).read(at, Number(args['uid']), most, signal),
        }
      }
      case 'folders':
        return { state: 'done', value: { folders: await (await mailbox(given)).folders(signal) } }
      default:
        return await sendOne(args, given, context)
    }
  }
  const sendOne = async (
    args: ToolCall['args'],
    given: Authorization,
    { key, signal }: CallContext,
  ): Promise<ToolOutcome> => {
    const { to, cc, subject, text, inReplyTo } = args as unknown as Omit<
      NewMessage,
      'messageId' | 'from' | 'cc'
    > & { cc?: string[] }
    const wanted: NewMessage = {
      messageId: messageIdOf(key, spec.from!),
      from: spec.from!,
      to,
      cc: cc ?? [],
      subject,
      text,
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
    }
    const raw = await composeMessage(wanted)
    const outcome = await sendMessage(await serverOf(spec.smtp!), given.login, wanted, raw, timeoutMs)
    // That no copy could be kept makes nothing of the sending undone.
    if (outcome.state === 'done') await (await mailbox(given)).keepSent(raw, signal).catch(() => undefined)
    return outcome
  }
  return {
    name,
    list: () => Promise.resolve(tools),
    async call(call, context): Promise<ToolOutcome> {
      let given = noAuthorization
      try {
        given = await authorize(name, { ...context, tool: call.tool.name })
        const outcome = await perform(call, given, context)
        return outcome.state === 'done' || outcome.state === 'asks'
          ? outcome
          : { ...outcome, message: hideSecrets(outcome.message, given.secrets) }
      } catch (error) {
        return failedBy(error, given.secrets)
      }
    },
    /** Found among what was sent it took place; where it is not it may have all the same: a server need not keep copies. */
    async check(call, context): Promise<CheckOutcome> {
      const given = await authorize(name, { ...context, tool: call.tool.name })
      const messageId = messageIdOf(context.key, spec.from!)
      return (await (await mailbox(given)).hasSent(messageId, context.signal))
        ? { state: 'done', value: { messageId } }
        : {
            state: 'unknown',
            message: 'No copy of the message is among what was sent, which proves nothing. Ask a recipient.',
          }
    },
  }
}

const messageIdOf = (key: string, from: string): string => `<${key}@${from.split('@')[1]}>`
