import { always, isOfProgram, isUnknownCaller, normalizeCondition, unsaid } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { shown as shownText, whole } from '../facts/expression.ts'
import type { Credential, Grade } from '../facts/fact.ts'
import { distinctCredentials, impersonal, personal } from '../packs/credentials.ts'
import { allOf, resolved } from '../resolve/conditions.ts'
import { pathOfRequest } from './asked-of-path.ts'
import { replacedFails } from '../resolve/java-bindings.ts'
import type { Site } from '../resolve/values.ts'
import { askedAt, statusSiteOf } from './answer-sites.ts'
import { asksWhoCalls, isOfWrongToken, lacksBefore, namesCaller } from './asks-who.ts'
import { asksGoPackage } from './go-package-settings.ts'
import { asksJavaSetting } from './java-setting-names.ts'
import type { Answer, Observation } from './observation.ts'
import { asksForShown, isOnlyWhenShown, isPlainPart } from './only-when-shown.ts'
import { ofNobody } from './service-keys.ts'

/** How an operation asks who calls. */
export interface AskedSignIn {
  /** Any of these shows it; empty where that is not known. */
  credentials: Credential[]
  /** The answer to a call without; null where that is not known. */
  status: number | null
  grade: Grade
  /** When it is asked, beyond what shows who calls. */
  condition: Condition
  isOptional: boolean
  name: string
  roles: string[]
  site: Site
  through: Site[]
  /** Where the status stands that is answered to who shows nothing; null where that is not in the code. */
  statusAt: Site | null
}

// Where a long expression is cut, no name is whole.
// Of the request alone: `db.query.tokens` asks a database; and by a name: `header.Get(…)` asks for one that is not known.
const parts =
  /(?<![\w.]|\w\.)(?:(?:req|request|ctx|context|c)\.)?(header|cookie|query)\.([A-Za-z][\w-]*)(?![\w-]|…|\()/g
/** `"X-Key" in header`, as Python asks for one. */
const held = /["']([\w-]+)["'] in (header|cookie|query)s?\b/g
/** Go's own way to ask for a name and a password (net/http, `Request.BasicAuth`). */
const readsBasic = /^\w+(?:\.Request)?\.BasicAuth\(\)$/
const schemes = /["'`](bearer|basic|token|jwt|apikey|digest)\b/i

/**
 * How an operation asks who calls, from what it was seen to refuse with 401 or 403 and from what is known of code outside. A 401 of a handler itself counts only
 * where a header, a cookie or a key is why: what is wrong with a body is another matter (a login).
 */
export function askedSignIn({ answers: all, signIns }: Observation, method = 'GET'): AskedSignIn | null {
  const others = ofNobody(all)
  const answers = others.length > 0 ? all.filter((one) => !others.includes(one)) : all
  const isWriting = !/^(?:GET|HEAD|OPTIONS)$/.test(method)
  const seen = answers.filter(isRefusal)
  const asking = signIns.filter(({ isOptional }) => !isOptional)
  const mayLack = seen.length > 0 && seen.every(isOnlyWhenShown)
  // What is asked by a scheme that refuses nobody and whose result nobody gets is not why others refuse.
  const used = seen.length > 0 ? signIns.filter(({ isUnused }) => isUnused !== true) : signIns
  const known = asking.length > 0 || seen.length > 0 ? used : signIns.slice(0, 1)
  // What is answered to a wrong one is not what who shows none gets; what asks for nothing else comes of that for sure.
  const [first] = [...seen].sort(
    (a, b) =>
      Number(isOnlyWhenShown(a)) - Number(isOnlyWhenShown(b)) ||
      Number(isOfNothing(b)) - Number(isOfNothing(a)) ||
      a.status - b.status,
  )
  const [outside] = asking.length > 0 ? asking : known
  if (!first && !outside) return null
  // Where code that refuses who shows nothing asks for what is not seen to come of the request, there are other ways to show it.
  const isOfOther = seen.some(
    (one) => !isOnlyWhenShown(one) && !one.isFramework && shown(one).length === 0 && !isOfWrongToken(one),
  )
  const credentials = distinctCredentials([
    ...known.flatMap((one) => one.credentials),
    ...(isOfOther ? [] : shownToBeKnown(seen)),
  ])
  const statuses = new Set(
    answers
      .filter(({ isFramework, status }) => isFramework && (status === 401 || status === 403))
      .map(({ status }) => status),
  )
  const isSentAway = answers.some(
    ({ isFramework, status, conditions }) =>
      isFramework &&
      status >= 300 &&
      status < 400 &&
      allOf(conditions).some((row) => row.length > 0 && row.every(({ subject }) => isUnknownCaller(subject))),
  )
  const documented = statuses.has(401) ? 401 : statuses.has(403) && !isSentAway ? 403 : null
  const by = first ?? answers.find(({ status }) => status === documented)
  const refusing = first ? seen.slice(0, 3) : by ? [by] : []
  const isOptional = asking.length === 0 && (!first || mayLack)
  // Who shows nothing may be refused, or sent elsewhere, by something else that comes before.
  if (isOptional && answers.some((one) => mayRefuseOthers(one, isWriting))) return null
  // Nor is one let through whom code refuses that asks for what the scheme reads.
  if (isOptional && all.some((one) => refusesWithout(one, credentials))) return null
  const isProved = seen.some(({ isFramework, isNamed }) => !isFramework && !isNamed)
  return {
    credentials: first && mayBeKnown(first) ? [] : withoutRefused(bare(credentials), answers),
    status:
      isOptional ||
      (first && (isOneOfTwo(first) || isOfSome(first) || isAfterOther(first, seen))) ||
      isAnsweredOtherwise(seen, answers) ||
      lacksBefore(seen, answers)
        ? null
        : (first?.status ?? documented),
    // That a scheme lets everybody pass says nothing of what is asked behind it.
    // Nor is it sure of code outside that is only named for what it answers.
    grade: isProved
      ? 'proved'
      : (isOptional && !first) || seen.some(({ isNamed }) => isNamed)
        ? 'declared'
        : 'framework',
    condition:
      asking.length > 0
        ? normalizeCondition(asking.flatMap(({ when = always }) => when))
        : seen.length === 0 || isOptional
          ? always
          : conditionOf(seen),
    isOptional,
    roles: [...new Set(known.flatMap(({ roles = [] }) => roles))],
    name: first ? first.site.symbol.split('.')[0] || first.raisedBy : (outside?.name ?? ''),
    site: first?.site ?? (outside as { site: Site }).site,
    statusAt: by ? statusSiteOf(by) : null,
    through: [
      ...refusing.flatMap((answer) => [answer.site, ...answer.through]),
      ...askedAt(seen.slice(0, 3).flatMap(atomsOf)).slice(0, 6),
      ...known.map(({ site }) => site),
    ],
  }
}

// What is asked by what answers 401; where that shows nothing, by what answers 403, which may be about something else (a token against forgery).
function shownToBeKnown(seen: readonly Answer[]): Credential[] {
  const asked = seen.filter(({ status }) => status === 401).flatMap((answer) => shown(answer))
  return asked.length > 0 ? asked : seen.flatMap((answer) => shown(answer))
}

// A scheme that is always refused where it is shown is none to show, where of another one more is asked.
function withoutRefused(all: Credential[], answers: readonly Answer[]): Credential[] {
  const rows = rowsOf(answers.filter(({ status }) => status === 401 || status === 403))
  const asksMore = ({ scheme }: Credential): boolean | null => {
    const own = rows.filter((row) =>
      row.some((atom) => isSchemeTest(atom) && atom.op === 'true' && isOfScheme(atom, scheme)),
    )
    return own.length === 0
      ? null
      : own.some((row) =>
          row.some((atom) => !isSchemeTest(atom) && /\bheader\.| failed\b/.test(whole(atom.subject))),
        )
  }
  const asked = all.map(asksMore)
  return asked.includes(true) ? all.filter((_, index) => asked[index] !== false) : all
}

const isOfScheme = (atom: Atom, scheme: string) =>
  scheme !== '' && shownBy(atom).some((one) => one.scheme === scheme)

// The header itself, or a test of how it begins.
const isSchemeTest = ({ subject }: Atom) => /^header\.[\w-]+(?:\.\w+\([^()]*\))*$/.test(whole(subject))

const refusesWithout = (one: Answer, credentials: readonly Credential[]): boolean =>
  (one.status === 401 || one.status === 403) &&
  one.isOfShown !== true &&
  !isOnlyWhenShown(one) &&
  atomsOf(one).some(({ subject }) =>
    shownBy({ subject, op: 'true' }).some((asked) =>
      credentials.some((own) => own.in === asked.in && own.name === asked.name),
    ),
  )

// So may who writes, by a handler that looks who it is.
const mayRefuseOthers = (one: Answer, isWriting: boolean): boolean =>
  one.isOfShown !== true &&
  (one.isBefore === true
    ? /^(?:3\d\d|401|403)$/.test(String(one.status))
    : one.status === 401 || (isWriting && one.status === 403)) &&
  !isOnlyWhenShown(one)

// What refuses answers some callers in another way: it sends them to sign in.
const isAnsweredOtherwise = (seen: readonly Answer[], answers: readonly Answer[]): boolean =>
  answers.some(
    (one) =>
      one.isBefore === true &&
      one.status < 400 &&
      !one.isFramework &&
      seen.some(({ site }) => site.module === one.site.module && site.symbol === one.site.symbol),
  )

// Who shows nothing is refused before with 403, by what asks for what shows it.
const isAfterOther = (first: Answer, seen: readonly Answer[]): boolean =>
  first.status === 401 &&
  !first.isFramework &&
  shown(first).length === 0 &&
  seen
    .slice(0, seen.indexOf(first))
    .some((one) => one.status === 403 && one.site.symbol !== first.site.symbol && !isOnlyWhenShown(one))

// Which of two it is hangs on the version of what refuses.
const isOneOfTwo = ({ isFramework, conditions }: Answer) => isFramework && conditions.flat(2).includes(unsaid)

// What else a framework asks of who is not signed in may let some pass.
const isOfSome = ({ isFramework, conditions }: Answer): boolean =>
  isFramework &&
  allOf(conditions).every((row) =>
    row.some(({ subject }) => /[(#]/.test(shownText(subject)) && !isState(shownText(subject))),
  )

const atomsOf = ({ conditions }: Answer): Atom[] => conditions.flat(2)

/** Whether an answer comes only for some paths of requests, which of them was not decided. */
export const isForSomePaths = ({ isBefore, conditions }: Answer): boolean =>
  isBefore === true &&
  allOf(conditions).every((row) =>
    row.some(
      ({ subject, op }) =>
        /^(?:true|==|matches)$/.test(op) && subject !== unsaid.subject && pathOfRequest.test(whole(subject)),
    ),
  )

/** Whether an answer refuses a caller who does not show who it is. */
export function isRefusal(answer: Answer): boolean {
  if (answer.isOfShown === true || isForSomePaths(answer)) return false
  if (answer.status !== 401 && answer.status !== 403) return false
  const atoms = atomsOf(answer)
  if (atoms.includes(replacedFails)) return false
  const asked = shown(answer)
  // A token in the query that the handler itself asks for is of one thing: a link that was mailed.
  const isOfLink =
    answer.isBefore !== true && asked.every((one) => one.in === 'query' && /token$/i.test(one.name))
  const isShown = asked.length > 0 && !isOfLink
  // One that lacks the token against forgery is refused whoever calls.
  const isForged = atoms.some((atom) => isMissing(atom) && /csrf|xsrf/i.test(whole(atom.subject)))
  // Nor says it who calls that a page sends again what it was given in a cookie.
  if (atoms.some((atom) => sentTwice.test(whole(atom.subject)))) return false
  if (answer.status === 403)
    return (
      answer.isBefore === true &&
      !isForged &&
      atoms.some((atom) => isMissing(atom) && shownBy(atom).length > 0 && !isOfMore.test(whole(atom.subject)))
    )
  if (isOfSomeThings(answer)) return false
  if (isShown) return true
  // A request that lacks what shows where it comes from is forged, whoever calls.
  return (
    answer.isBefore === true &&
    asksWhoCalls(answer) &&
    !atoms.some(({ subject }) => /\b(?:body|form|header)\b/.test(whole(subject)))
  )
}

/** A cookie that has to be as a field of the same request. */
const sentTwice =
  /^\(?cookie\.[\w.-]+ [!=]==? (?:form|body|query)\.[\w.-]+|^\(?(?:form|body|query)\.[\w.-]+ [!=]==? cookie\./

/** What asks for more of the request than who calls may let through who shows nothing. */
const isOfMore = /(?<![\w.])(?:path|body|form)\./

/** A part of what a call finds by the request, and what that is compared with: not that there is such a thing. */
const partOfFound =
  /\((?:[^()]|\([^()]*\))*(?<![\w.])(?:path|query|body|form)\.\w(?:[^()]|\([^()]*\))*\)(?:\.\w+(?:\((?:[^()]|\([^()]*\))*\))?)+(?: [!=<>]=? .+)?$/

// Whether who shows nothing is refused some of the things that a request finds: what is asked of these besides lets him have others. So does what a handler asks of
// an input of its own (`owner != ""`).
const isOfSomeThings = ({ conditions, isBefore }: Answer): boolean =>
  allOf(conditions).every((row) =>
    row.some(
      (atom) =>
        shownBy(atom).length === 0 &&
        ((isBefore !== true && isOwnInput(atom)) ||
          (!namesCaller(atom.subject) &&
            partOfFound.test(whole(atom.subject)) &&
            // What a call gives is there or not: a thing, no part of one.
            !(/^(?:present|absent)$/.test(atom.op) && whole(atom.subject).endsWith(')')))),
    ),
  )

const isOwnInput = ({ subject, op }: Atom): boolean =>
  (op === '!=' || op === '==') && /^\w+$/.test(shownText(subject))

/** Whether it asks for nothing but that what shows who calls is missing. */
export const isOfNothing = ({ conditions }: Answer): boolean =>
  allOf(conditions).some(
    (row) => row.length > 0 && row.every((atom) => isMissing(atom) && isPlainPart.test(atom.subject)),
  )

// Who shows nothing of what is asked may be known by what is asked then: a session that code outside keeps.
function mayBeKnown(answer: Answer): boolean {
  const rows = allOf(answer.conditions)
  return rows.every((row) => {
    const asked = row.filter((atom) => shownBy(atom).length > 0)
    const others = row.filter(
      ({ subject, op }) =>
        (op === 'absent' || op === 'false') &&
        subject.includes('(') &&
        !shownText(subject).endsWith(' failed'),
    )
    return asked.length > 0 && asked.every(isMissing) && others.some((atom) => !asked.includes(atom))
  })
}

const isMissing = ({ op, value }: Atom) => op === 'absent' || op === 'false' || (op === '==' && value === '')

const shown = (answer: Answer): Credential[] => atomsOf(answer).flatMap(shownBy)

// What of the request a comparison asks for.
function shownBy(atom: Atom): Credential[] {
  const { value } = atom
  const subject = whole(atom.subject)
  const text = typeof value === 'string' ? `${subject} "${value}` : subject
  if (readsBasic.test(subject)) return [{ in: 'header', name: 'authorization', scheme: 'basic' }]
  const scheme = schemes.exec(text)?.[1]?.toLowerCase() ?? ''
  const named = [
    ...[...subject.matchAll(parts)].map(([, place, name = '']) => ({ place, name })),
    ...[...subject.matchAll(held)].map(([, name = '', place]) => ({ place, name })),
  ]
  return named.flatMap(({ place, name }): Credential[] => {
    if (place === 'header' && !impersonal.test(name))
      return [{ in: 'header', name: name.toLowerCase(), scheme: /^authorization$/i.test(name) ? scheme : '' }]
    if (place === 'cookie') return [{ in: 'cookie', name, scheme: '' }]
    return place === 'query' && personal.test(name) ? [{ in: 'query', name, scheme: '' }] : []
  })
}

// One that is known with its scheme is not said without.
function bare(all: readonly Credential[]): Credential[] {
  return all
    .filter(
      (one) =>
        one.scheme !== '' ||
        !all.some((other) => other.scheme !== '' && other.in === one.in && other.name === one.name),
    )
    .toSorted((a, b) => (`${a.in} ${a.name} ${a.scheme}` < `${b.in} ${b.name} ${b.scheme}` ? -1 : 1))
}

// What else has to hold where nothing shows who calls; of what is not told apart, what settings say.
function conditionOf(answers: readonly Answer[]): Condition {
  return whenNobody(answers) ?? statesAsked(answers)
}

/**
 * What code before a handler refuses a caller for, of one that shows nobody: what else has to hold, null where none of the answers is for that.
 */
export function whenNobody(answers: readonly Answer[]): Condition | null {
  const missing = rowsOf(answers).filter(
    (row) => row.some((atom) => isMissing(atom) && shownBy(atom).length > 0) && !asksForShown(row),
  )
  const isSetting = asksSetting(answers)
  return missing.length === 0
    ? null
    : kept(
        missing,
        (atom) =>
          shownBy(atom).length === 0 &&
          (isOfProgram(atom) || isState(shownText(atom.subject)) || isSetting(atom) || isPart(atom)),
      )
}

// What refuses where somebody is one of these asks for none of them.
const lacks: ReadonlySet<Atom['op']> = new Set(['not-in', '!=', 'not-matches', 'absent', 'false'])

/** Whether one of the answers comes of whoever has none of `roles`, but for what the program holds. */
export const isWithoutRole = (answers: readonly Answer[], roles: readonly string[]): boolean =>
  rowsOf(answers).some((row) => {
    const rest = row.filter(
      ({ subject, op }) => !isState(shownText(subject)) && !(op === 'present' || op === 'true'),
    )
    const [only] = rest
    return (
      rest.length === 1 &&
      only !== undefined &&
      only.subject !== unsaid.subject &&
      lacks.has(only.op) &&
      roles.some((role) => JSON.stringify([only.subject, only.value ?? null]).includes(role))
    )
  })

/** What has to be, for any of the answers, of all that the program holds and no request decides: settings, and what is asked of it without the request; always where one comes whatever that is. */
export function statesAsked(answers: readonly Answer[]): Condition {
  const isSetting = asksSetting(answers)
  return kept(
    rowsOf(answers),
    (atom) => isOfProgram(atom) || isState(shownText(atom.subject)) || isSetting(atom),
  )
}

/** The same of conditions in which something asks who calls. */
export const statesIn = (conditions: readonly Condition[]): Condition =>
  kept(allOf(conditions), (atom) => isOfProgram(atom) || isState(shownText(atom.subject)))

// Something that the request has or has not.
const isPart = ({ subject }: Atom) => /^(?:path|query|header|cookie|form|body)\.[\w.-]+$/.test(subject)

const setting =
  /^(?:process\.env|os\.environ|os\.getenv|System\.getenv|os\.(?:Getenv|LookupEnv)|viper\.Get\w*)\b/

/** Python: a constant that is made text or a number first. */
const converted = /^(?:str|int|bool|float)\([A-Z][A-Z\d_]+\)(?:\.\w+\(\))*$/

const ofRequest =
  /\b(?:req|request|res|response|ctx|context|headers?|cookies?|query|path|body|form|params|locals|sessions?|(?:\w+_?)?user\w*|caller|accounts?|\w*token\w*|credentials?|principal|members?|owner|roles?|permissions?|jwt\w*|auth\w*)\b/i
const named = /^((?:\w+\.)*)(?:config|cfg|conf|settings?|env|options|flags?)\.[\w.]+$/i
const asked = /^[\w.]+\((?:[^()]|\([^()]*\))*\)(?:\.\w+|\((?:[^()]|\([^()]*\))*\))*$/
const given = /\(([^()]*)\)/g
/** Whether a list has something that stands there: `"update" in config.guarded`. */
const listed = /^"[^"]*" in (.+)$/

/** Whether a text is of the environment that the program was started with. */
export const isOfEnvironment = (text: string): boolean => setting.test(text)

function isState(text: string): boolean {
  const [, holder] = listed.exec(text) ?? []
  if (holder !== undefined) return isState(holder)
  if (isOfEnvironment(text) || converted.test(text)) return true
  // What settings are called says nothing of a request: `config.auth.enabled`.
  const [, before] = named.exec(text) ?? []
  if (before !== undefined && !ofRequest.test(before)) return true
  if (/[…‹›]/.test(text) || ofRequest.test(text)) return false
  return (
    asked.test(text) &&
    [...text.matchAll(given)].every(([, args = '']) =>
      /^(?:\s*(?:"[^"]*"|[\d.]+|true|false)\s*,?)*$/.test(args),
    )
  )
}

function asksSetting(answers: readonly Answer[]): (atom: Atom) => boolean {
  const [ofJava, ofGo] = [asksJavaSetting(answers), asksGoPackage(answers)]
  return (atom) => ofJava(atom) || ofGo(atom)
}

const rowsOf = (answers: readonly Answer[]) => answers.flatMap((answer) => allOf(answer.conditions))

function kept(rows: Condition, isKept: (atom: Atom) => boolean): Condition {
  const rest = resolved(normalizeCondition(rows.map((row) => row.filter(isKept))))
  return rest.length === 0 || rest.some((row) => row.length === 0) ? always : rest
}
