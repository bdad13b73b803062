import type { ReportProgress } from '@heavylift/core'
import { unregistered } from './rest-routers.ts'
import { serviceOf, servicesOf } from './services.ts'
import type { Condition } from '../facts/condition.ts'
import { always, normalizeCondition, unknownCaller } from '../facts/condition.ts'
import { parameterPlaces } from '../facts/fact.ts'
import type { Evidence, Fact, Grade } from '../facts/fact.ts'
import type { CodeMarks } from '../facts/code-mark.ts'
import { factsOf } from '../facts/fact-set.ts'
import type { FactSet, OpenQuestion } from '../facts/fact-set.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'
import { withoutNull } from '../facts/shape.ts'
import type { Func, Module } from '../parse/ir.ts'
import { ownPacks } from '../packs/own-packs.ts'
import { belowUnknown, unknownPart } from '../packs/path.ts'
import { packs as knownPacks } from '../packs/packs.ts'
import { operationTitle } from '../requirements/say-fact.ts'
import { both } from '../resolve/conditions.ts'
import { headOfClass, writtenOf } from '../resolve/declared.ts'
import { placesOf } from '../resolve/places.ts'
import { lineOf, symbolOf } from '../resolve/values.ts'
import type { FuncValue, Site } from '../resolve/values.ts'

import { afterSignIn, signedOut, guardOfUnknown } from './after-sign-in.ts'
import { answerGroups, pathThere, possibleAnswers } from './answer-groups.ts'
import { askedOfPath } from './asked-of-path.ts'
import { sitesOfAnswers } from './answer-sites.ts'
import { askOfOpen } from './open-answers.ts'
import { withDeclaredBody } from './declared-body.ts'
import { Definitions } from './definitions.ts'
import { Entailing } from './entailing.ts'
import type { Roots } from './entailing.ts'
import { checkedInputs } from './checked-inputs.ts'
import type { CheckedInput } from './checked-inputs.ts'
import { buildProject } from './build-project.ts'
import type { ContractOperation } from './contract.ts'
import { MarkWriter } from './code-marks.ts'
import { withMadeWhen } from './made-when.ts'
import { withoutSkipped } from './skipped.ts'
import { FactStore } from './fact-store.ts'
import type { Draft } from './fact-store.ts'
import { GuardWriter } from './write-guards.ts'
import { InputWriter } from './write-inputs.ts'
import { EvidenceReader } from './evidence.ts'
import { handlerFunctions, innermost } from './flat-routes.ts'
import { EarlierRoutes } from './earlier-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { FoundNames } from './found-names.ts'
import { Grounds } from './grounds.ts'
import { isAnnotated } from './annotated.ts'
import { findOperations, givenFromOutside, tooDeep, unmounted, unplaced } from './find-operations.ts'
import { askedOfAlike, foundFrameworks, routesMissing } from './found-frameworks.ts'
import { functionInputs } from './function-inputs.ts'
import { keepFacts, keptFacts, readingKey } from './kept-facts.ts'
import { mountsOf } from './mounted.ts'
import { observe } from './observe.ts'
import { leaveSpellings } from './misfits.ts'
import { askedMethods, checkedBefore, headOf, impliedAnswers, isOfMethod } from './implied-answers.ts'
import { withoutText } from './value-shapes.ts'
import { writtenBodies } from './written-bodies.ts'
import { askedOfInert } from './around/method-security.ts'
import { outsideFilters } from './around/outside-filters.ts'
import type { Answer, Observation } from './observation.ts'
import { readRepository } from './read-repository.ts'
import { thereAfter } from './refused-before.ts'
import { attempt, runCode } from './run-code.ts'
import type { Run } from './run-code.ts'
import { serializedShape } from './serialized.ts'
import { Shapes } from './shapes.ts'
import { compareTests } from './tests/compare-tests.ts'
import { programConstants } from './tests/program-constants.ts'
import { routeNames } from './route-names.ts'
import type { RouteNames } from './route-names.ts'
import { unreachedErrors } from './unreached.ts'
import { ofApplications } from './unused-modules.ts'
import { ShowsNothing } from './shows-nothing.ts'
import { isForOne, ownPaths, pathsAsked, withoutOwnPaths } from './own-paths.ts'
import { saidBy, unsaidOf, unshownIn } from './shown.ts'

/** What a repository's code says, and how much was read. */
export interface Extraction {
  set: FactSet
  lines: number
  /** What was parsed, by path: given to the next extraction, files that did not change are not parsed again. */
  modules: ReadonlyMap<string, Module>
  readMs: number
  seconds: number
}

/**
 * Reads the repository in `dir` into facts. With a folder of `readings`, what was read there before of the very same sources is
 * taken from it. Throws what `readRepository` throws.
 */
export async function extractFacts(
  dir: string,
  report: ReportProgress,
  signal: AbortSignal,
  {
    known = new Map(),
    readings = null,
  }: { known?: ReadonlyMap<string, Module>; readings?: string | null } = {},
): Promise<Extraction> {
  const startedMs = performance.now()
  const repository = await readRepository(dir, report, signal, known)
  const readMs = performance.now() - startedMs
  const own = await ownPacks(dir)
  const key = readings === null ? '' : await readingKey(repository, own)
  const done = (set: FactSet): Extraction => ({
    set,
    lines: repository.lines,
    modules: new Map([...repository.modules, ...repository.tests].map((module) => [module.path, module])),
    readMs,
    seconds: (performance.now() - startedMs) / 1000,
  })
  const kept = readings === null ? null : await keptFacts(readings, key)
  if (kept) return done(kept)
  report({ stage: 'following the code', done: 0, total: repository.modules.length, unit: 'files' })
  const replaced = new Set(own.flatMap(({ insteadOf }) => insteadOf ?? []))
  const packs = [...knownPacks.filter(({ framework }) => !replaced.has(framework)), ...own]
  const run = runCode(buildProject(repository, packs), packs)
  const { operations, questions } = ofApplications(findOperations(run, repository), repository)
  const services = servicesOf(
    repository,
    operations.flatMap(({ site, program }) => (program === undefined ? [site.module.path] : [])),
    new Set(operations.flatMap(({ program }) => program ?? [])),
  )
  const writer = new FactWriter(run, (path) => serviceOf(services, path))
  writer.questions.push(...questions, ...run.tooDeep.map(tooDeep))
  for (const [at, operation] of operations.entries()) {
    signal.throwIfAborted()
    if (at % 20 === 0) report({ stage: 'analysing', done: at, total: operations.length, unit: 'operations' })
    attempt(
      () => writer.add(operation),
      () => writer.questions.push(tooDeep(operation.site.module.path)),
    )
  }
  writer.askOfUnsure()
  writer.askOfUnserved()
  writer.askOfSilent()
  writer.askOfLong()
  writer.askOfUnclear()
  writer.models()
  writer.programs()
  writer.questions.push(
    ...unmounted(run),
    ...unplaced(run),
    ...givenFromOutside(run),
    ...unregistered(run, operations),
    ...askedOfAlike(run),
    ...askedOfInert(run, operations),
    ...outsideFilters(run),
  )
  writer.compare(repository.tests, routeNames(operations), repository.modules)
  const facts = writer.facts()
  writer.questions.push(...askOfOpen(facts))
  const frameworks = foundFrameworks(repository, run, services)
  const unreached = unreachedErrors(run.project, writer.reached, frameworks, (path) =>
    serviceOf(services, path),
  )
  writer.questions.push(
    ...routesMissing(frameworks, (service) => writer.routed.has(service)),
    ...unreached.questions,
  )
  const set: FactSet = {
    version: 1,
    services,
    frameworks,
    facts,
    questions: writer.questions,
    files: repository.files,
    code: writer.code(unreached.places, (at, total) => {
      signal.throwIfAborted()
      if (at % 20 === 0) report({ stage: 'marking the code', done: at, total, unit: 'operations' })
    }),
  }
  if (readings !== null) await keepFacts(readings, key, set)
  return done(set)
}

class FactWriter {
  readonly questions: OpenQuestion[] = []
  /** Services of which operations were found, also such as are not told. */
  readonly routed = new Set<string>()
  /** Functions that ran for operations. */
  readonly reached = new Set<Func>()
  /** What is routed by a path of which not all is known, or below what is not known. */
  readonly #unsure: { path: string; site: Site }[] = []
  /** What is routed by routers of Go that were followed up to no server, and where those are made. */
  readonly #unserved: { path: string; site: Site }[] = []
  /** Operations with code that answers, by their ids. */
  readonly #followed = new Map<string, { title: string; site: Site }>()
  /** Those whose code goes on for longer than it is followed, where no one function is why; and by function those that call one which is. */
  readonly #partly: FoundOperation[] = []
  readonly #partlyIn = new Map<Func, { fn: FuncValue; operations: Set<string> }>()
  /** By where an answer is given whose status is only known when it runs, or by the code outside that gives it: those that give it. */
  readonly #unclear = new Map<string, { site: Site; operations: Set<string>; by?: string }>()
  readonly #run: Run
  readonly #serviceOf: (path: string) => string
  readonly #evidence = new EvidenceReader()
  readonly #store = new FactStore()
  readonly #shapes: Shapes
  readonly #inputs: InputWriter
  readonly #guards: GuardWriter
  readonly #nobody: ShowsNothing
  #validates: boolean | null = null
  #names: FoundNames | null = null
  #shows: Entailing | null = null
  readonly #modelService = new Map<string, string>()
  readonly #marks: MarkWriter
  readonly #earlier = new EarlierRoutes()
  /** The functions of Go that handle each operation. */
  readonly #handledBy = new Map<string, readonly FuncValue[]>()

  constructor(run: Run, service: (path: string) => string) {
    this.#run = run
    this.#serviceOf = service
    this.#shapes = new Shapes(run.interpreter, run.names, run.routing.schemas)
    this.#inputs = new InputWriter(run, this.#store, this.#evidence, this.#shapes)
    this.#guards = new GuardWriter(run, this.#store, this.#evidence)
    this.#nobody = new ShowsNothing(run)
    this.#marks = new MarkWriter(run.project, run.interpreter.ownCalls)
  }

  /** `onOperation` is told before each operation. */
  code(
    errorPlaces: { all: number; reached: number },
    onOperation: (at: number, total: number) => void,
  ): CodeMarks {
    return this.#marks.marks(this.#evidence, errorPlaces, onOperation)
  }

  facts(): Fact[] {
    return this.#store.facts()
  }

  /** Compares what was found with what tests expect. */
  compare(tests: readonly Module[], names: RouteNames, program: readonly Module[]): void {
    const unsure = this.#asked()
    const tested = compareTests(
      tests,
      this.facts(),
      this.#evidence,
      this.#serviceOf,
      (operation) => unsure.has(operationTitle(operation)),
      ({ id }) => this.#handledBy.get(id) ?? [],
      programConstants(this.#run),
      names,
      program,
    )
    this.#store.isDoubted = false
    for (const fact of tested.facts) this.#store.put(fact)
    // What tests contradict is asked, not told.
    for (const { id } of tested.contradicted)
      for (const fact of this.#store.partsOf(id)) if (fact.kind === 'response') fact.grade = 'open'
    this.questions.push(...tested.questions)
  }

  /** Says of which functions and operations answers and inputs may be missing. */
  askOfLong(): void {
    for (const { fn, operations } of this.#partlyIn.values()) {
      const [first = ''] = operations
      const more = operations.size > 1 ? ` and ${operations.size - 1} more operations` : ''
      const evidence = this.#evidence.of(headOf(fn))
      this.questions.push({
        text: `What else does ${symbolOf(fn)} do for ${first}${more}?`,
        why: 'Its code runs for longer than it is followed.',
        path: fn.module.path,
        line: evidence.line,
      })
    }
    const [first] = this.#partly
    if (!first) return
    const names = [...new Set(this.#partly.map(({ method, template }) => `${method} ${template.path}`))]
    const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
    this.questions.push({
      text: `What else do ${names.slice(0, 3).join(', ')}${more} answer?`,
      why: 'Their code runs for longer than it is followed.',
      path: first.site.module.path,
      line: this.#evidence.of(first.site).line,
    })
  }

  /** Asks for each answer of which no status is known, and of middleware of which nothing is. */
  askOfUnclear(): void {
    this.questions.push(...this.#guards.questions(factsOf(this.facts(), 'operation')))
    for (const { site, operations, by } of this.#unclear.values()) {
      const [first = ''] = operations
      const more = operations.size > 1 ? ` and ${operations.size - 1} more` : ''
      this.questions.push({
        text: by
          ? `Which statuses does \`${by}\` answer, which ${first}${more} ${operations.size > 1 ? 'hand' : 'hands'} errors to?`
          : `Which status does the answer of ${first}${more} have?`,
        why: by
          ? 'Its code is not in the repository.'
          : 'The code sets it to what is only known when it runs.',
        path: site.module.path,
        line: this.#evidence.of(site).line,
      })
    }
  }

  /** One question of each file about paths of which nothing is known, one about those with an unknown part, and one about what is below what is not known. */
  askOfUnsure(): void {
    const isUnknown = (path: string) => !/\w/.test(path)
    for (const all of Map.groupBy(
      this.#unsure,
      ({ path, site }) => `${isUnknown(path)} ${path.includes(unknownPart)} ${site.module.path}`,
    ).values()) {
      const [first] = all
      if (!first) continue
      const isWhole = !first.path.includes(unknownPart)
      const count = (
        isUnknown(first.path)
          ? new Set(all.map(({ site }) => site.start))
          : new Set(all.map(({ path }) => path))
      ).size
      const more = count > 1 ? ` and ${count - 1} more` : ''
      this.questions.push({
        text: isUnknown(first.path)
          ? `Which path is routed here${count > 1 ? `, and at ${count - 1} more ${count === 2 ? 'line' : 'lines'}` : ''}?`
          : isWhole
            ? `What comes before ${first.path}${more}?`
            : `What stands for ${unknownPart} in ${first.path}${more}?`,
        why: `${isUnknown(first.path) ? 'The' : 'Part of the'} path is not known from the code that was read${isWhole ? '' : ', so nothing is told of what is routed there'}.`,
        path: first.site.module.path,
        line: this.#evidence.of(first.site).line,
      })
    }
  }

  /** One question of each router that was followed up to no server. */
  askOfUnserved(): void {
    for (const all of Map.groupBy(
      this.#unserved,
      ({ site }) => `${site.module.path}:${site.start}`,
    ).values()) {
      const [first] = all
      if (!first) continue
      const paths = new Set(all.map((one) => one.path))
      const more = paths.size > 1 ? ` and ${paths.size - 1} more` : ''
      this.questions.push({
        text: `What serves ${first.path}${more}?`,
        why: 'Their router was followed up to no server, so it may be below another path.',
        path: first.site.module.path,
        line: this.#evidence.of(first.site).line,
      })
    }
  }

  /** One question of each file about operations whose code is here and of whose answers nothing was found. */
  askOfSilent(): void {
    const asked = this.#asked()
    const answered = new Set(
      this.facts().flatMap((fact) =>
        fact.kind === 'response' || fact.kind === 'error' ? [fact.operation] : [],
      ),
    )
    const silent = [...this.#followed].filter(([id, { title }]) => !answered.has(id) && !asked.has(title))
    for (const all of Map.groupBy(silent, ([, { site }]) => site.module.path).values()) {
      const [first] = all
      if (!first) continue
      const [, { title, site }] = first
      const more = all.length > 1 ? ` and ${all.length - 1} more` : ''
      this.questions.push({
        text: `What ${all.length > 1 ? 'do' : 'does'} ${title}${more} answer?`,
        why: 'In the code that was followed no answer was found.',
        path: site.module.path,
        line: this.#evidence.of(site).line,
      })
    }
  }

  // Operations of whose answers something is asked already.
  #asked(): ReadonlySet<string> {
    return new Set([
      ...[...this.#unclear.values(), ...this.#partlyIn.values()].flatMap(({ operations }) => [...operations]),
      ...this.#partly.map(({ method, template }) => `${method} ${template.path}`),
    ])
  }

  // Whether a handler that asks for methods answers one that it does not ask for otherwise than by refusing it.
  #takesOthers(operation: FoundOperation, asked: readonly string[]): boolean {
    const other = ['PUT', 'PATCH', 'DELETE', 'POST', 'GET'].find((method) => !asked.includes(method))
    if (other === undefined) return true
    const { answers, isSilent } = observe(this.#run, { ...operation, method: other })
    return isSilent || answers.length === 0 || answers.some(({ status }) => status < 400)
  }

  /** `isAsked`: code that takes any method asks for this one, maybe to refuse it. */
  add(found: FoundOperation, isAsked = false): void {
    const below = belowUnknown(found.template.path)
    const { when, by } = this.#earlier.reach(found)
    if (by?.isSame) return
    const isWhole = by !== null || when.some((row) => row.length === 0)
    const own = isWhole ? found : { ...found, behind: when }
    const operation = withMadeWhen(
      withoutSkipped(
        this.#run,
        below === null ? own : { ...own, template: { ...own.template, path: below } },
      ),
    )
    const { site, template, pack } = operation
    const service = operation.program ?? this.#serviceOf(site.module.path)
    if (operation.handlers.length > 0) this.routed.add(service)
    // By a path with a part that is not known nobody could call it.
    const isUnknown = template.path.includes(unknownPart)
    if (template.isUnsure || isUnknown) {
      this.#unsure.push({ path: template.path, site })
      if (isUnknown || template.path === '/') return
    }
    if (operation.unserved && !template.isUnsure)
      this.#unserved.push({ path: `${operation.method} ${template.path}`, site: operation.unserved })
    // What is said of a path that may be another is not proved.
    this.#store.isDoubted = template.isUnsure || operation.unserved !== undefined
    this.#run.interpreter.isSpent = false
    this.#run.interpreter.spentIn = []
    const seen = this.#nobody.observe(operation)
    if (!template.isUnsure)
      seen.answers = possibleAnswers(seen.answers, askedOfPath(seen.answers, template.path))
    this.#earlier.note(operation, seen)
    const { reached } = this.#run.interpreter.ownCalls
    for (const fn of reached.keys()) this.reached.add(fn)
    const paths = ownPaths(operation, seen)
    if (paths.length === 0 && isForOne(operation, seen)) {
      this.add({ ...operation, asksPath: 'own' }, isAsked)
      return
    }
    if (paths.length > 0) {
      for (const path of [...paths, null])
        this.add(
          path === null
            ? { ...operation, asksPath: 'others' }
            : { ...operation, template: { ...template, path }, asksPath: 'own' },
          isAsked,
        )
      return
    }
    // Of what asks for paths by itself, all that is refused is no operation.
    if (operation.asksPath === 'others') seen.answers = withoutOwnPaths(seen.answers, pathsAsked(seen))
    const isRefusedOnly =
      seen.answers.every(({ status }) => status >= 400) && !seen.isSilent && !this.#run.interpreter.isSpent
    if (operation.asksPath !== undefined && isRefusedOnly) return
    const isReturned = operation.pack.returns !== undefined && seen.returned.length > 0
    if (
      isAsked &&
      !isReturned &&
      seen.answers.some(({ status }) => status === 405) &&
      seen.answers.every(({ status }) => status >= 400)
    )
      return
    const { isSpent, spentIn } = this.#run.interpreter
    for (const fn of spentIn) {
      const known = this.#partlyIn.get(fn.fn) ?? { fn, operations: new Set() }
      this.#partlyIn.set(fn.fn, known)
      known.operations.add(`${operation.method} ${template.path}`)
    }
    if (isSpent && spentIn.length === 0) this.#partly.push(operation)
    const note = (key: string, site: Site, by?: string) => {
      const known = this.#unclear.get(key) ?? { site, operations: new Set(), ...(by ? { by } : {}) }
      this.#unclear.set(key, known)
      known.operations.add(`${operation.method} ${template.path}`)
    }
    for (const at of seen.unclear) note(`${at.module.path}:${at.start}`, at)
    for (const { by, site: at } of seen.handedTo) note(by, at, by)
    if (operation.method === '*') {
      const { methods, isForAny } = askedMethods(seen)
      const own = methods.filter((method) => pack.anyMethods?.includes(method) !== false)
      for (const method of own) this.add({ ...operation, method }, true)
      if (methods.length > 0 && !(isForAny && this.#takesOthers(operation, methods))) return
      // What goes well is told of its method.
      seen.answers = seen.answers.filter((one) => one.status >= 400 || !isOfMethod(one, own))
    }
    const handler = operation.handlers.at(-1)
    const functions = handler ? handlerFunctions(handler) : []
    const fn = functions[0] && innermost(functions[0])
    const base = { service, condition: always }
    const draft: Draft<'operation'> = {
      ...base,
      condition: operation.when ?? always,
      kind: 'operation',
      grade: operation.handlers.length === 0 && 'contract' in operation ? 'declared' : 'proved',
      evidence: this.#evidence.all(site, [
        ...operation.through.filter((one) => !fn || !isWithin(one, headOf(fn))),
        ...(fn ? [headOf(fn)] : []),
        ...(operation.view ? [headOfClass(operation.view.ref)] : []),
        ...(operation.when ?? always).flat().flatMap(placesOf),
        ...(isAsked ? methodsAsked(operation.method, functions) : []),
      ]),
      method: operation.method,
      path: template.path,
      ...(template.isUnsure ? { isBelow: true } : {}),
      handler: operation.fn
        ? `${operation.fn.owner ? `${operation.fn.owner.cls.name}.` : ''}${operation.fn.fn.name}`
        : (fn?.fn.name ?? ''),
      framework: pack.framework,
      summary: summaryOf(operation.fn?.fn.doc ?? fn?.fn.doc ?? ''),
    }
    const unsaid = unsaidOf(draft, this.#evidence.texts(draft.evidence), this.#run.packs)
    if (unsaid.length > 0)
      draft.evidence = this.#evidence.with(
        draft.evidence,
        this.#entailing().behind([site, ...operation.through], unsaid),
      )
    const id = this.#store.put(draft)
    if (by) {
      this.questions.push({
        text: `Does anything come to the code of ${operation.method} ${template.path}?`,
        why: `${by.title} is routed before it, answers the same requests and hands none on.`,
        path: site.module.path,
        line: this.#evidence.of(site).line,
      })
      return
    }
    if (pack.language === 'go') this.#handledBy.set(id, functions)
    if (functions.some((one) => one.fn.body.length > 0) && !/^(?:OPTIONS|HEAD)$/.test(operation.method))
      this.#followed.set(id, { title: `${operation.method} ${template.path}`, site })
    const handlers = operation.handlers.flatMap(handlerFunctions)
    if (operation.fn) handlers.push(operation.fn)
    const outside = operation.handlers.flatMap((one) => (one.t === 'symbol' && one.site ? [one.site] : []))
    const order = operation.handlers.flatMap((one): (Site | null)[] =>
      one.t === 'symbol' && one.site ? [one.site] : handlerFunctions(one).map(() => null),
    )
    this.#marks.add(id, { functions: reached.values(), handlers, outside, order, isCut: isSpent })
    if ('contract' in operation)
      this.#contract(
        operation as ContractOperation,
        id,
        base,
        seen.answers.some(({ isBefore }) => isBefore !== true),
      )
    const observation = seen
    this.#inputs.add(operation, id, base, observation)
    const grounds = this.#groundsOf(operation)
    const roots = rootsOf(operation)
    this.#guards.add(operation, id, base, observation, grounds, (first, others, said) =>
      this.#entailing().of(first, others, said, roots),
    )
    this.#answers(operation, id, base, observation, grounds)
    this.#guards.show()
    this.#checked(operation, id, base, observation)
    this.#literalPaths(operation, base, draft, observation)
  }

  // Generated code reads what the description names; where no method implements it, nothing but the description says so.
  #contract(
    { contract, handlers, template, fn }: ContractOperation,
    id: string,
    base: { service: string; condition: Condition },
    isAnswered: boolean,
  ): void {
    const isImplemented = handlers.length > 0
    const grade: Grade = isImplemented ? 'framework' : 'declared'
    const evidence = this.#evidence.all(contract.site, [])
    for (const { in: place, name, shape, isRequired, constraints } of contract.parameters) {
      const position = template.variables.findIndex((one) => one.name === name)
      const where = parameterPlaces.find((one) => one === place)
      if (!where || (where === 'path' && position < 0)) continue
      this.#store.put({
        ...base,
        kind: 'parameter',
        grade,
        evidence,
        operation: id,
        in: where,
        name,
        position: Math.max(0, position),
        shape,
        isRequired,
        constraints,
      })
    }
    if (contract.body)
      this.#store.put({ ...base, kind: 'body', grade, evidence, operation: id, ...contract.body })
    // Of handlers that were seen to answer nothing it says more than nothing.
    if (isImplemented && (fn !== null || isAnswered)) return
    for (const status of contract.statuses)
      this.#store.put(
        status < 400
          ? {
              ...base,
              kind: 'response',
              grade: 'declared',
              evidence,
              operation: id,
              status,
              mediaType: '',
              shape: { type: 'unknown' },
            }
          : {
              ...base,
              kind: 'error',
              grade: 'declared',
              evidence,
              operation: id,
              status,
              raisedBy: '',
              message: '',
              shape: { type: 'unknown' },
            },
      )
  }

  // What code checks by itself bounds inputs as a validator would.
  #checked(
    operation: FoundOperation,
    id: string,
    base: { service: string; condition: Condition },
    observation: Observation,
  ): void {
    const names = new Map<string, { in: CheckedInput['in']; name: string }>()
    for (const { name } of operation.template.variables) names.set(name, { in: 'path', name })
    if (isAnnotated(operation))
      for (const { in: place, name, param } of operation.bound)
        if (place !== 'none') names.set(param.name, { in: place, name })
    for (const input of functionInputs(this.#run, this.#shapes, operation))
      names.set(input.name, { in: input.in, name: input.name })
    for (const check of checkedInputs(observation, names)) {
      const fact = this.#store
        .partsOf(id)
        .find(
          (one) =>
            (one.kind === 'parameter' || one.kind === 'body') &&
            (one.kind === 'body' ? check.in === 'body' : one.in === check.in && one.name === check.name),
        )
      if (fact?.kind === 'parameter') {
        bound(fact, check)
        if (check.isInteger && fact.shape.type === 'string') fact.shape = { type: 'integer' }
      } else if (fact?.kind === 'body' && (fact.shape.type === 'object' || fact.shape.type === 'model')) {
        // What one operation asks of a model holds for it alone.
        const whole =
          fact.shape.type === 'model' ? this.#shapes.models.get(fact.shape.name)?.fields : undefined
        const fields = fact.shape.type === 'model' ? structuredClone(whole ?? []) : fact.shape.fields
        // Its fields are told with it now.
        if (whole)
          fact.evidence = this.#evidence.with(fact.evidence, writtenOf({ type: 'object', fields: whole }, []))
        const field = fieldAt(fields, check.name.split('.'))
        if (!field) continue
        bound(field, check)
        fact.shape = { type: 'object', fields }
      } else continue
      fact.evidence = this.#evidence.with(fact.evidence, check.sites)
    }
  }

  // A handler that asks whether its path is one text answers that path by itself.
  #literalPaths(
    operation: FoundOperation,
    base: { service: string; condition: Condition },
    draft: Draft<'operation'>,
    observation: Observation,
  ): void {
    for (const variable of operation.template.variables) {
      const texts = new Map<string, Answer[]>()
      for (const answer of observation.answers)
        for (const atom of answer.conditions.flat(2))
          if (
            atom.subject === `path.${variable.name}` &&
            atom.op === '==' &&
            typeof atom.value === 'string' &&
            /^[\w-]+$/.test(atom.value)
          )
            texts.set(atom.value, [...(texts.get(atom.value) ?? []), answer])
      for (const [text, answers] of texts) {
        // Only one that goes well is a path of its own; a text that is refused is a rule.
        if (answers.every(({ status }) => status >= 400)) continue
        const path = draft.path.replace(`{${variable.name}}`, text)
        const asked = answers
          .flatMap(({ conditions }) => conditions.flat(2))
          .filter(({ subject }) => subject === `path.${variable.name}`)
        const evidence = this.#evidence.with(draft.evidence, asked.flatMap(placesOf))
        const id = this.#store.put({ ...draft, path, evidence })
        const variables = operation.template.variables.filter((one) => one !== variable)
        const part = { ...operation, template: { ...operation.template, path, variables } }
        this.#inputs.add(part, id, base, observation)
        this.#answers(part, id, base, { ...observation, answers }, this.#groundsOf(operation))
      }
    }
  }

  // Code that was followed only so far may put other things together too.
  #sure(shape: Shape): Shape {
    return this.#run.interpreter.isSpent && shape.type === 'object' ? { type: 'unknown' } : shape
  }

  #answers(
    operation: FoundOperation,
    id: string,
    base: { service: string; condition: Condition },
    observation: Observation,
    grounds: Grounds,
  ): void {
    const { pack, template } = operation
    const never = pack.mayLackVariables
      ? []
      : template.variables.filter(({ name }) => !template.path.includes(`{${name}*}`))
    const parts = this.#store.partsOf(id)
    const checked = checkedBefore(operation, parts, () => this.#hasValidation())
    const there = [...pathThere(never), ...thereAfter(operation, checked, this.#shapes)]
    const seen = there.length > 0 ? possibleAnswers(observation.answers, there) : observation.answers
    const all = [
      ...seen,
      ...impliedAnswers(this.#run, operation, this.#store.partsOf(id), observation, () =>
        this.#hasValidation(),
      ),
    ]
    leaveSpellings(this.#run, operation, parts)
    const functions = [
      ...operation.handlers.flatMap(handlerFunctions),
      ...(operation.fn ? [operation.fn] : []),
    ]
    const around = [operation.site, ...functions.map(headOf)]
    const groups = signedOut(
      answerGroups(
        afterSignIn(withDeclaredBody(this.#run, operation, all)),
        this.#shapes,
        (condition) => grounds.condition(condition),
        this.#run.interpreter.isSpent,
      ),
      this.#store.partsOf(id),
    )
    const refused = groups.filter(({ answers: [first] }) => first?.status === 401)
    // What is said in several words, or of which one is known when it comes, is of more than who calls.
    const isOne =
      refused.every(({ isOpen }) => isOpen) &&
      new Set(refused.map(({ answers }) => answers[0]?.message)).size === 1
    const asked = isOne ? whenUnknown(this.#store.partsOf(id)) : null
    const decorated = decoratedHead(operation)
    const roots = rootsOf(operation)
    for (const group of groups) {
      const { answers, shape } = group
      const [first] = answers
      if (!first) continue
      // Of what asks who calls it is known whom it refuses.
      const isAsked = group.isOpen && first.status === 401 && asked !== null
      const { condition, isOpen } = isAsked ? { condition: asked, isOpen: false } : group
      const sites = sitesOfAnswers(
        [first, ...answers.slice(1)],
        group.asks ?? condition,
        around,
        this.#run.packs,
        (atom) => grounds.atom(atom),
      )
      const others = [
        ...(pack.language === 'go' ? [operation.site] : []),
        ...answers.flatMap((answer) => mountsOf(operation, [answer.site, ...answer.through])),
        ...sites.others,
        ...decorated,
      ]
      const isFramework = !sites.isShown || answers.every((answer) => answer.isFramework)
      const says = {
        ...base,
        condition,
        operation: id,
        status: first.status,
        grade: (isOpen
          ? 'open'
          : answers.every(({ isNamed }) => isNamed)
            ? 'declared'
            : isFramework
              ? 'framework'
              : 'proved') as Grade,
      }
      const draft: Draft<'response'> | Draft<'error'> =
        first.status < 400
          ? {
              ...says,
              kind: 'response',
              evidence: [],
              mediaType: answers.find(({ media }) => media !== '')?.media ?? '',
              shape: serializedShape(this.#shapes, operation, first.status) ?? this.#sure(shape),
            }
          : {
              ...says,
              kind: 'error',
              evidence: [],
              raisedBy: first.raisedBy,
              message: first.message,
              shape: withoutText(shape, first.message),
            }
      draft.evidence = this.#evidence.all(
        sites.first,
        this.#entailing().of(
          sites.first,
          others,
          saidBy(draft, this.#run.packs),
          roots,
          answers.flatMap(({ body }) => writtenBodies(body)),
        ),
      )
      // What nothing in the code shows nobody can check.
      const isShownIn = (evidence: readonly Evidence[]) =>
        unshownIn(condition, this.#evidence.texts(evidence)).length === 0
      if (!isFramework && !isShownIn(this.#evidence.all(sites.first, others)) && !isShownIn(draft.evidence))
        draft.grade = 'open'
      for (const one of answers.flatMap(({ because }) => because ?? []))
        if (!draft.evidence.includes(one)) draft.evidence.push(one)
      this.#store.put(draft)
    }
  }

  #entailing(): Entailing {
    this.#names ??= new FoundNames(this.#run.project.modules.values())
    return (this.#shows ??= new Entailing(new Definitions(this.#run.project.modules.values(), this.#names)))
  }

  /** How conditions of an operation are told; its handler is the last. */
  #groundsOf({ handlers, fn, pack }: FoundOperation): Grounds {
    this.#names ??= new FoundNames(this.#run.project.modules.values())
    const last = handlers.at(-1)
    const home = fn ? [fn] : last ? handlerFunctions(last).map(innermost) : []
    const given = (pack.parameters ?? []).map((role) => role.split(/[:.]/).at(-1) ?? role)
    return new Grounds(this.#names, home, given)
  }

  // Nest checks what its pipe is given, where there is one.
  #hasValidation(): boolean {
    this.#validates ??= [...this.#run.project.modules.values()].some(
      ({ language, text }) =>
        language === 'javascript' &&
        /\bValidationPipe\b/.test(text.replaceAll(/^import\b[\s\S]*?\bfrom\b.*$/gm, '')),
    )
    return this.#validates
  }

  programs(): void {
    for (const draft of this.#run.programs.facts(this.#run.interpreter, this.#evidence, this.#serviceOf))
      this.#store.put(draft)
  }

  models(): void {
    this.#store.isDoubted = false
    for (const { name, fields, isPart, site } of this.#shapes.models.values())
      this.#store.put({
        kind: 'model',
        service: this.#modelService.get(name) ?? this.#serviceOf(site.module.path),
        grade: 'proved',
        condition: always,
        evidence: this.#evidence.with(
          [this.#evidence.of(site)],
          writtenOf({ type: 'object', fields }, []).filter((one) => !isWithin(one, site)),
        ),
        name,
        fields,
        ...(isPart ? { isPart: true as const } : {}),
      })
  }
}

// Where the code of a handler for any method names one.
const methodsAsked = (method: string, functions: readonly FuncValue[]): Site[] =>
  functions.flatMap(({ fn, module }) => {
    const named = new RegExp(`["'\\w.]*\\b(?:Method)?${method}\\b["']?`, 'i')
    const found = named.exec(module.text.slice(fn.headEnd, fn.end))
    const start = fn.headEnd + (found?.index ?? 0)
    return found ? [lineOf({ module, start, end: start + found[0].length, symbol: fn.name })] : []
  })

// From where a request comes to the code of an operation.
const rootsOf = ({ handlers, fn, site }: FoundOperation): Roots => ({
  functions: [...handlers.flatMap(handlerFunctions), ...(fn ? [fn] : [])].map(innermost),
  routed: site,
})

// When a guard that asks who calls refuses with 401; null where none does, of everybody.
function whenUnknown(facts: readonly Fact[]): Condition | null {
  const guard = guardOfUnknown(facts)
  return guard ? normalizeCondition(both(guard.condition, [[unknownCaller]])) : null
}

// What a function is decorated with by the repository says for it who may call, and which status it answers.
function decoratedHead({ handlers }: FoundOperation): Site[] {
  const value = handlers.at(-1)
  return value
    ? handlerFunctions(value).flatMap((fn) => (innermost(fn).fn === fn.fn ? [] : [headOf(innermost(fn))]))
    : []
}

function bound(
  into: { isRequired: boolean; constraints: Constraint[]; shape: Shape; default?: string | undefined },
  { isRequired, isList, constraints: all, sites }: CheckedInput,
): void {
  // What was read of it before is read of each that is in it.
  if (isList && (into.shape.type === 'unknown' || into.shape.type === 'object'))
    into.shape = { type: 'array', items: into.shape }
  // A class of Java that is not here and may be empty is no text.
  const isOther = into.shape.type === 'unknown' && sites[0]?.module.language === 'java'
  const asked = isOther ? all.filter(({ keyword }) => !/^(?:min|max)Length$/.test(keyword)) : all
  // A default that is something is what is asked where nothing is given.
  const isGiven = into.default !== undefined && !/^(?:""|0|null|None|nil)$/.test(into.default)
  into.isRequired ||= isRequired && !isGiven
  // Python: what has to be given by code is no null.
  if (isRequired && sites[0]?.module.language === 'python') into.shape = withoutNull(into.shape)
  // Code asks how long a text and how long a list is in the same words.
  const words = { minLength: 'minItems', maxLength: 'maxItems' } as const
  const constraints = asked.map((one) =>
    withoutNull(into.shape).type === 'array' && (one.keyword === 'minLength' || one.keyword === 'maxLength')
      ? { ...one, keyword: words[one.keyword] }
      : one,
  )
  const known = new Set(into.constraints.map((one) => JSON.stringify(one)))
  into.constraints = tightest([
    ...into.constraints,
    ...constraints.filter((one) => !known.has(JSON.stringify(one))),
  ])
}

// Of several bounds of one kind the one that leaves least.
const tightest = (all: readonly Constraint[]): Constraint[] =>
  all.filter(({ keyword, value }) =>
    all.every((other) => {
      if (other.keyword !== keyword || typeof value !== 'number' || typeof other.value !== 'number')
        return true
      return keyword.startsWith('min')
        ? other.value <= value
        : !keyword.startsWith('max') || other.value >= value
    }),
  )

const isWithin = (a: Site, b: Site) => a.module === b.module && b.start <= a.start && a.end <= b.end

function fieldAt(fields: readonly Field[], [first, ...rest]: readonly string[]): Field | null {
  const own = fields.find(({ name }) => name === first) ?? null
  if (rest.length === 0 || !own) return own
  return own.shape.type === 'object' ? fieldAt(own.shape.fields, rest) : null
}

function summaryOf(doc: string): string {
  const text = doc.split(/\n\s*\n|\n\s*@/)[0] ?? ''
  return (/^(?!@)[\s\S]*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text.split('\n')[0] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
}
