import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Module } from '../parse/ir.ts'
import type { Project } from './project.ts'
import { each, symbol, textOf } from './values.ts'
import type { ArgValue, ClassRef, SymbolValue, Value } from './values.ts'

/** What a way to reach a database throws where a row breaks a constraint. */
interface Way {
  /** What is called, as far as its path tells. */
  calls: RegExp
  /** Only with a statement that puts something in or changes it. */
  byStatement?: true
  errors: readonly string[]
}

const inSpring = [
  'org.springframework.dao.DataIntegrityViolationException',
  // A handler of Spring is for what caused an error as well ("Exceptions", docs.spring.io/spring-framework).
  'org.hibernate.exception.ConstraintViolationException',
  'java.sql.SQLIntegrityConstraintViolationException',
] as const
const byJdbc = [
  'org.springframework.dao.DuplicateKeyException',
  'java.sql.SQLIntegrityConstraintViolationException',
] as const

const ways: readonly Way[] = [
  {
    calls:
      /^org\.springframework\.data\.(?:jpa\.)?repository\.\w*Repository\(\)\.(?:save|saveAll|saveAndFlush|saveAllAndFlush|flush)$/,
    errors: inSpring,
  },
  {
    calls: /^(?:jakarta|javax)\.persistence\.EntityManager\(\)\.(?:persist|merge|flush)$/,
    errors: [
      ...inSpring,
      'jakarta.persistence.PersistenceException',
      'javax.persistence.PersistenceException',
    ],
  },
  {
    calls: /^io\.quarkus\.hibernate\.orm\.panache\.\w+\(\)\.(?:persist|persistAndFlush|flush)$/,
    errors: [
      'org.hibernate.exception.ConstraintViolationException',
      'jakarta.persistence.PersistenceException',
      'javax.persistence.PersistenceException',
    ],
  },
  {
    calls: /^io\.micronaut\.data\.(?:\w+\.)*\w*Repository\(\)\.(?:save|saveAll|update|updateAll)$/,
    errors: [
      'io.micronaut.data.exceptions.DataAccessException',
      'org.hibernate.exception.ConstraintViolationException',
      'java.sql.SQLIntegrityConstraintViolationException',
    ],
  },
  {
    calls:
      /^org\.springframework\.jdbc\.core\.(?:\w+\.)*(?:JdbcTemplate|JdbcOperations|NamedParameterJdbc(?:Template|Operations)|SimpleJdbcInsert|simple\.JdbcClient|JdbcClient)\(\).*\.(?:update|batchUpdate)$/,
    byStatement: true,
    errors: byJdbc,
  },
]

/** Annotations of MyBatis (mybatis.org, "Mapper Annotations") that put rows in or change them. */
const writesByMapper = /^@?(?:Insert|Update)(?:Provider)?\b/
/** Methods that mappers have from what they extend (baomidou.com, `BaseMapper`). */
const ofBaseMapper = /^(?:insert|updateById|update)$/

const writes =
  /\b(?:INSERT(?!\s+(?:OR\s+)?IGNORE\b)|UPDATE|MERGE|REPLACE)\b(?![^]*\bON\s+(?:CONFLICT|DUPLICATE)\b)/i
/** What an entity says of a column or of several that are to be there once. */
const saysUnique = /\bunique\s*=\s*true\b|@UniqueConstraint\b|@NaturalId\b/

/**
 * Errors that a call of a library for databases of Java is documented to throw, of those that a handler of the program is there for, each with when it comes.
 * It may come surely where what is stored is to be there once; else only who knows the tables can say whether it ever does, which stays open.
 */
export function javaDatabaseErrors(
  project: Project,
  callee: SymbolValue,
  args: readonly ArgValue[],
): { error: Value; when: Condition }[] {
  const handled = handledIn(project)
  if (handled.length === 0) return []
  const errors = ways
    .filter((way) => way.calls.test(callee.path) && (way.byStatement !== true || isWriting(callee, args)))
    .flatMap((way) => way.errors)
  if (isWritingMapper(callee)) errors.push(...byJdbc)
  const own = errors.find((error) => handled.some((name) => name === simple(error) || isAbove(name, error)))
  if (own === undefined) return []
  const stored = args.flatMap(({ value }) => each(value).flatMap((one) => refOf(one) ?? []))
  const isToBeOnce = stored.some(({ cls, module }) => saysUnique.test(module.text.slice(cls.start, cls.end)))
  // Who says it of some entities says it of all that it is of.
  if (!isToBeOnce && stored.length > 0 && entitiesSayIt(project)) return []
  const failed = { subject: `${callee.text}(…) failed == ${simple(own)}`, op: 'true' } as const
  return [{ error: symbol(`${own}()`, simple(own)), when: [isToBeOnce ? [failed] : [failed, unsaid]] }]
}

const simple = (path: string) => path.slice(path.lastIndexOf('.') + 1)

const isAbove = (name: string, error: string): boolean =>
  error.startsWith('org.springframework.dao.') &&
  (name === 'DataAccessException' ||
    name === 'NonTransientDataAccessException' ||
    (name === 'DataIntegrityViolationException' && error.endsWith('.DuplicateKeyException')))

const refOf = (value: Value): ClassRef | null =>
  (value.t === 'object' || value.t === 'symbol') && value.ref?.module.language === 'java' ? value.ref : null

function isWriting(callee: SymbolValue, args: readonly ArgValue[]): boolean {
  const said = args.flatMap(({ value }) => each(value).flatMap((one) => textOf(one) ?? []))
  return (
    said.some((text) => writes.test(text)) ||
    (callee.of?.t === 'symbol' && isWriting(callee.of, callee.of.args))
  )
}

// A method of an interface of MyBatis.
function isWritingMapper({ path, of }: SymbolValue): boolean {
  const name = simple(path)
  const ref = of ? refOf(of) : null
  if (ref === null) return false
  const { cls, module } = ref
  if (!/\borg\.apache\.ibatis\b|\bcom\.baomidou\.mybatisplus\b/.test(module.text)) return false
  const own = cls.members.find((method) => method.name === name)
  if (own === undefined)
    return ofBaseMapper.test(name) && cls.bases.some((base) => base.name.endsWith('BaseMapper'))
  const words = own.decorators.map((one) => module.text.slice(one.start, one.end))
  // What XML says of a method stands in no code: its name tells what it does.
  return (
    words.some((word) => writesByMapper.test(word)) ||
    (!words.some((word) => /^@?(?:Select|Delete)/.test(word)) && /^(?:insert|update|save|create)/.test(name))
  )
}

const handledBefore = new WeakMap<Project, readonly string[]>()

// Names of errors of databases that some class that handles errors speaks of.
function handledIn(project: Project): readonly string[] {
  const known = handledBefore.get(project)
  if (known) return known
  const names = new Set(ways.flatMap((way) => way.errors.map(simple)))
  for (const name of [...byJdbc.map(simple), 'DataAccessException', 'NonTransientDataAccessException'])
    names.add(name)
  const texts = [...project.modules.values()].flatMap((module) =>
    handlesErrors(module) ? [module.text] : [],
  )
  const found = [...names].filter((name) => texts.some((text) => new RegExp(`\\b${name}\\b`).test(text)))
  handledBefore.set(project, found)
  return found
}

const handlesErrors = ({ language, text }: Module): boolean =>
  language === 'java' && /@ExceptionHandler\b|\bExceptionMapper\b|\bExceptionHandler</.test(text)

const entitiesBefore = new WeakMap<Project, boolean>()

function entitiesSayIt(project: Project): boolean {
  const known = entitiesBefore.get(project)
  if (known !== undefined) return known
  const found = [...project.modules.values()].some(
    ({ language, text }) => language === 'java' && /@Entity\b/.test(text) && saysUnique.test(text),
  )
  entitiesBefore.set(project, found)
  return found
}
