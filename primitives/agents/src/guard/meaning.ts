import type { SideEffect } from '../definition/definition.ts'
import type { JsonSchema, Tool } from '../tools/tool.ts'

/** What an argument decides about a call. `content` is what is said, `time` when, `flag` a yes or no: none of them says to whom, where or how much. */
export type Role = 'recipient' | 'url' | 'amount' | 'secret' | 'target' | 'content' | 'time' | 'flag'

/** What kinds of deed English verbs name. General words, not those of any tool. */
const deeds: Record<string, string> = {
  pay: 'pay transfer refund reimburse remit buy purchase order donate tip charge settle wire repay send compensate',
  tell: 'send tell message email mail post reply respond answer forward share notify inform write ask say publish announce remind text contact report let',
  create:
    'create add make schedule save open register append upload draft plan set put insert record log file submit generate write start store',
  change:
    'update change adjust edit modify rename move reschedule set correct fix amend replace increase decrease raise lower reset switch turn mark assign extend sync',
  remove:
    'delete remove cancel clear drop unsubscribe revoke archive close erase kick ban stop discard withdraw',
  admit: 'invite add grant give share include join enrol enroll subscribe allow permit promote assign',
  book: 'book reserve rent order hire get',
  // Not a deed, but what somebody says who wants pages of the web read.
  visit: 'visit browse page webpage website site article link url web blog online homepage news internet',
  run: 'run execute start launch deploy trigger call invoke restart trigger approve merge',
}
/** Verbs that only look. */
const looks =
  'get read list search find fetch look lookup view show check query count describe browse retrieve load download open see inspect compare summarize calculate compute convert translate validate verify estimate preview scan explain is has whoami'

const moneyWords = 'money payment transaction bill invoice refund salary fund purchase balance wallet'

const words = (text: string): string[] => text.split(' ')
const deedsOf = new Map<string, Set<string>>()
for (const [deed, verbs] of Object.entries(deeds))
  for (const verb of words(verbs)) deedsOf.set(verb, (deedsOf.get(verb) ?? new Set()).add(deed))
const lookWords = new Set(words(looks))
/** Words that are no verbs are looked for in requests only. */
const pageWords = new Set(words(deeds.visit!))
const moneyNouns = new Set(words(moneyWords))

/** `sendDirectMessage`, `send_direct_message` → send, direct, message. */
export function nameWords(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

/** The base of an English verb's or noun's form, as far as endings tell. */
export function stem(word: string): string[] {
  const forms = [word]
  for (const ending of ['ing', 'ed', 'es', 's', 'd'])
    if (word.length > ending.length + 2 && word.endsWith(ending)) {
      const base = word.slice(0, -ending.length)
      forms.push(base, `${base}e`)
      // "cancelled", "adding": a doubled consonant.
      if (/(.)\1$/.test(base)) forms.push(base.slice(0, -1))
      if (base.endsWith('i')) forms.push(`${base.slice(0, -1)}y`)
    }
  return forms
}

/** The deeds that a text asks for. */
export function deedsIn(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? [])
    for (const form of stem(word)) for (const deed of deedsOf.get(form) ?? []) found.add(deed)
  return found
}

/** The deeds of a tool, by the verb of its name or else of its description; empty for one that only looks. */
export function deedsOfTool({ name, description }: Pick<Tool, 'name' | 'description'>): Set<string> {
  const all = nameWords(name)
  const verb = all.find(isVerb) ?? firstVerb(description)
  const found = new Set(verb === undefined ? [] : deedsOf.get(verb))
  const isMoney = all.some((word) => stem(word).some((form) => moneyNouns.has(form)))
  if (isMoney && found.size > 0) found.add('pay')
  // "Send" is both: money tells what.
  if (found.has('pay') && found.has('tell')) found.delete(isMoney ? 'tell' : 'pay')
  return found
}

function isVerb(word: string): boolean {
  return (deedsOf.has(word) && !pageWords.has(word)) || lookWords.has(word)
}

function firstVerb(description: string): string | undefined {
  for (const word of description
    .toLowerCase()
    .match(/[a-z]+/g)
    ?.slice(0, 6) ?? [])
    for (const form of stem(word)) if (isVerb(form)) return form
  return undefined
}

/** The side-effect class of a tool that does not say. What is not surely a look changes something. */
export function guessEffect(tool: Pick<Tool, 'name' | 'description'>): SideEffect {
  const all = nameWords(tool.name)
  const verb = all.find(isVerb) ?? firstVerb(tool.description)
  if (verb !== undefined && lookWords.has(verb) && all[0] !== 'open') return 'none'
  const deed = deedsOfTool(tool)
  if (deed.has('pay')) return 'money'
  return [...deed].every((each) => each === 'change') && deed.size > 0 ? 'reversible' : 'outside'
}

const roles: [Role, string][] = [
  ['secret', 'password passwd secret token credential pin otp passcode apikey'],
  ['url', 'url uri link href website webpage site host domain endpoint webhook hostname'],
  ['amount', 'amount price sum total quantity qty cost budget fee rate balance value count discount'],
  [
    'recipient',
    'recipient recipients to cc bcc email emails mail address addresses iban account payee beneficiary receiver user users member members participant participants attendee attendees channel channels destination contact contacts group groups audience team teams owner customer phone invitee guest person people who assignee reviewer',
  ],
  [
    'content',
    'body content text message subject title description comment note notes summary caption memo reason remark prompt question reply html markdown',
  ],
  [
    'time',
    'date time start end deadline day when duration timezone month year hour minute until since schedule',
  ],
]
const roleOf = new Map(roles.flatMap(([role, names]) => words(names).map((word) => [word, role] as const)))

const plainly = new Set(
  words('recipient recipients email emails iban payee beneficiary receiver attendee attendees'),
)

/** What an argument decides, by its schema, its name and what is said of it. What nothing is known of counts as a target: it is kept from outside text. */
export function roleOfArgument(name: string, schema: unknown): Role {
  const { type, format, description, anyOf } = (
    typeof schema === 'object' && schema !== null ? schema : {}
  ) as Record<string, unknown>
  const types = [type, ...(Array.isArray(anyOf) ? anyOf.map((each: { type?: unknown }) => each.type) : [])]
  if (types.includes('boolean')) return 'flag'
  if (format === 'uri' || format === 'uri-reference' || format === 'hostname') return 'url'
  if (format === 'email' || format === 'idn-email') return 'recipient'
  if (format === 'password') return 'secret'
  if (format === 'date' || format === 'date-time' || format === 'time' || format === 'duration') return 'time'
  const named = nameWords(name)
  // The last word of a name is what it is: `user_email`, `start_time`, `message_id`.
  for (const word of named.toReversed()) {
    const role = roleOf.get(word)
    if (
      role !== undefined &&
      !(role === 'amount' && named.length === 1 && word === 'value' && types.includes('string'))
    )
      return role
    if (/^(id|ids|key|name|path|file|folder|filename|number|type|status)$/.test(word)) return 'target'
  }
  // A description has many words; only those count that name a thing by what it is.
  for (const word of typeof description === 'string' ? nameWords(description) : []) {
    const role = roleOf.get(word)
    if (role === 'url' || role === 'secret' || (role === 'recipient' && plainly.has(word))) return role
  }
  return 'target'
}

/** Roles of a tool's arguments by name. */
export function rolesOf(input: JsonSchema): Record<string, Role> {
  const { properties } = input
  if (typeof properties !== 'object' || properties === null) return {}
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, roleOfArgument(name, schema)]),
  )
}

const handsOver =
  /\b(follow|execute|perform|complete|carry out|do|obey|work (?:on|through)|act on)\b[^.?!]*\b(instructions?|tasks?|to-?do|steps?|requests?|orders?|items?|what (?:[^\s.?!]+ ){1,6}(?:says?|asks?|tells?))\b/i

/** True where a text tells the agent to do what another text says; "the following tasks" are the user's own. */
export function handsOverControl(text: string): boolean {
  return handsOver.test(text.replaceAll(/\bfollowing \w+|\bin (?:the|that|this|any) order\b/gi, ''))
}
