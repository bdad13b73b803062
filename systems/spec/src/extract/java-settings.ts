import { posix } from 'node:path'
import { isMap, isScalar, parseAllDocuments } from 'yaml'
import { joinPaths, pathTexts, unknownPart } from '../packs/path.ts'
import type { Module } from '../parse/ir.ts'
import type { Site, Value } from '../resolve/values.ts'

/** What stands before a path, and whether part of it could not be worked out. */
export interface KnownPrefix {
  text: string
  isUnsure: boolean
  /** Where it is written, as far as that is known. */
  sites?: readonly Site[]
}

/** Lines of a file of settings that set a path which is part of one. */
export function settingLines(path: string, text: string, whole: string): Site[] {
  if (whole === '') return []
  const module: Module = { path, language: 'java', text, package: '', body: [], broken: [] }
  return Array.from(text.matchAll(/^[ \t]*[\w.-]*path[ \t]*[:=][ \t]*(\S+)[^\n]*/gim)).flatMap((line) => {
    const part = toldSetting((line[1] ?? '').replaceAll(/["']/g, '').replace(/\/?\*+$/, '')).text
    const start = line.index + line[0].length - line[0].trimStart().length
    return part !== '' && whole.includes(part)
      ? [{ module, start, end: line.index + line[0].trimEnd().length, symbol: '' }]
      : []
  })
}

/** Folder of the program that a file of Java or of its resources belongs to: what is above `src`. */
export const programOf = (path: string) =>
  (path.includes('/src/')
    ? path.slice(0, path.indexOf('/src/') + 5)
    : path.startsWith('src/')
      ? 'src/'
      : `${posix.dirname(path)}/`
  ).replace(/^\.\//, '')

/** Settings of the paths below which a server answers, in the order in which they stand before a path. */
const settings = [
  ['server.servlet.context-path', 'server.servlet.contextPath', 'server.context-path', 'server.contextPath'],
  ['spring.webflux.base-path', 'spring.mvc.servlet.path', 'server.servlet.path', 'server.servlet-path'],
  ['spring.jersey.application-path'],
  ['micronaut.server.context-path'],
  ['quarkus.http.root-path'],
  ['quarkus.rest.path', 'quarkus.resteasy.path', 'quarkus.resteasy-reactive.path'],
]

/** What a setting of a path says, with the defaults of what it asks for (`${X:y}`, `${X:-y}`); not sure where one has none. */
export function toldSetting(given: string | Value): KnownPrefix {
  const [{ text, isUnsure } = { text: '', isUnsure: true }] =
    typeof given === 'string' ? [{ text: given, isUnsure: false }] : pathTexts(given)
  const told = text.replaceAll(/\$\{[^}:]*:-?([^}]*)\}/g, '$1')
  return {
    text: joinPaths([told.replaceAll(/\$\{[^}]*\}/g, '').trim()], false).replace(/^\/$/, ''),
    isUnsure: isUnsure || told.includes('${'),
  }
}

/** The settings in a text (`${name}`, `${name:default}`), each by what the program's own files say, else by its default; `settings` are those that are left to a default. */
export function filledIn(
  text: string,
  program: string,
  manifests: ReadonlyMap<string, string>,
): { text: string; settings: string[]; isUnsure: boolean } {
  const settings: string[] = []
  const filled = text.replaceAll(
    /\$\{([\w.-]+)(?::-?([^}]*))?\}|#\{[^}]*\}/g,
    (_whole, name?: string, given?: string) => {
      const own = name === undefined ? null : programSettings(program, manifests)(name)
      if (own !== null && !own.includes('${')) return own
      if (name === undefined || given === undefined || own !== null) return unknownPart
      settings.push(name)
      return given
    },
  )
  return { text: filled, settings, isUnsure: filled.includes(unknownPart) }
}

/** The base path of Spring Data REST; null where its settings say none. */
export function dataRestBase(program: string, manifests: ReadonlyMap<string, string>): KnownPrefix | null {
  const own = programSettings(program, manifests)
  const said = own('spring.data.rest.base-path') ?? own('spring.data.rest.basePath')
  return said === null ? null : toldSetting(said)
}

/** What a program's own files say under the first of these names that they have; null where they have none. */
export function saidSetting(
  program: string,
  manifests: ReadonlyMap<string, string>,
  names: readonly string[],
): string | null {
  const own = programSettings(program, manifests)
  return names.map(own).find((value) => value !== null) ?? null
}

const settingsKnown = new WeakMap<ReadonlyMap<string, string>, Map<string, Settings>>()

// What the files of a program say for all of its profiles.
function programSettings(program: string, manifests: ReadonlyMap<string, string>): Settings {
  const known = settingsKnown.get(manifests) ?? new Map<string, Settings>()
  settingsKnown.set(manifests, known)
  let own = known.get(program)
  if (!own) {
    const files = [...manifests]
      .flatMap(([path, text]) => settingsFiles(path, text))
      .filter(
        (file) =>
          file.program === program && file.profile === null && /^(?:application|bootstrap)$/.test(file.name),
      )
    known.set(program, (own = firstOf(files)))
  }
  return own
}

type Settings = (name: string) => string | null

/** A file of settings, or the part of one that is for one profile. */
interface SettingsFile {
  path: string
  text: string
  name: string
  program: string
  profile: string | null
  values: Settings
}

/** The path below which each program answers, by the program. */
export function contextsOf(manifests: ReadonlyMap<string, string>): Map<string, KnownPrefix> {
  const files = [...manifests].flatMap(([path, text]) => settingsFiles(path, text))
  const contexts = new Map<string, KnownPrefix>()
  for (const program of new Set(files.map((file) => file.program))) {
    const own = files.filter(
      (file) => file.program === program && /^(?:application|bootstrap)(?:-|$)/.test(file.name),
    )
    const base = own.filter(({ profile }) => profile === null)
    const first = firstOf(base)
    // It may have its settings from a server of them, in files that are named for it.
    const name = first('spring.application.name')
    const isServed =
      first('spring.cloud.config.enabled') !== 'false' &&
      (/configserver:/.test(first('spring.config.import') ?? '') ||
        ['uri', 'fail-fast', 'discovery.enabled', 'name'].some(
          (key) => first(`spring.cloud.config.${key}`) !== null,
        ))
    const served = isServed ? files.filter((file) => file.name === name) : []
    const active = toldSetting(first('spring.profiles.active') ?? '')
      .text.slice(1)
      .split(/\s*,\s*/)
    const profiled = own.filter(({ profile }) => profile !== null)
    const found = [
      ...served.map(({ values }) => values),
      firstOf(profiled.filter(({ profile }) => active.includes(profile ?? ''))),
      first,
    ]
      .map(toldBy)
      .find(({ text, isUnsure }) => text !== '' || isUnsure)
    const linesOf = (whole: string) =>
      [...new Map([...served, ...own].map((file) => [file.path, file])).values()].flatMap((file) =>
        settingLines(file.path, file.text, whole),
      )
    if (found) contexts.set(program, { ...found, sites: linesOf(found.text) })
    else if (isServed && served.length === 0) contexts.set(program, { text: '', isUnsure: true })
    else if (base.length > 0 || profiled.length > 0) {
      // Which of its profiles is taken is only known where it runs.
      const inProfiles = [...Map.groupBy(profiled, ({ profile }) => profile).values()].map(
        (all) => toldBy(firstOf(all)).text,
      )
      const [text = ''] = inProfiles
      const isSame = inProfiles.every((one) => one === text)
      contexts.set(program, { text: isSame ? text : '', isUnsure: !isSame, sites: linesOf(text) })
    }
  }
  return contexts
}

/** That of a program; of one without settings, which others are made of, what all of those say, else not sure. */
export function contextOf(contexts: ReadonlyMap<string, KnownPrefix>, program: string): KnownPrefix | null {
  const own = contexts.get(program)
  if (own) return own
  const [first, ...others] = contexts.values()
  if (!first) return null
  return others.every(({ text, isUnsure }) => text === first.text && isUnsure === first.isUnsure)
    ? first
    : { text: '', isUnsure: true }
}

function settingsFiles(path: string, text: string): SettingsFile[] {
  const name = /^([\w.-]+)\.(?:ya?ml|properties)$/.exec(posix.basename(path))?.[1]
  if (name === undefined || /(?:^|\/)src\/test\//.test(path)) return []
  if (!/^(?:application|bootstrap)(?:-|$)/.test(name) && !path.includes('/resources/')) return []
  const profile = /^(?:application|bootstrap)-(.+)$/.exec(name)?.[1] ?? null
  const file = { path, text, name, program: programOf(path) }
  if (path.endsWith('.properties'))
    return text
      .split(/^[#!]---\s*$/m)
      .map(ofProperties)
      .map((values) => ({ ...file, profile: profile ?? profileOf(values), values }))
  return ofYaml(text).map((values) => ({ ...file, profile: profile ?? profileOf(values), values }))
}

const profileOf = (values: Settings) =>
  values('spring.config.activate.on-profile') ?? values('spring.profiles')

const firstOf =
  (files: readonly SettingsFile[]): Settings =>
  (key) =>
    files.map(({ values }) => values(key)).find((value) => value !== null) ?? null

// With the settings that it names, as the same files say them (`/${spring.application.name}`).
const namedBy = (text: string, values: Settings): string =>
  text.replaceAll(/\$\{([\w.-]+)(?::[^}]*)?\}/g, (whole, name: string) => {
    const own = values(name)
    return own === null || own.includes('${') ? whole : own
  })

function toldBy(values: Settings): KnownPrefix {
  const parts = settings.flatMap((names) => names.map(values).find((one) => one !== null) ?? [])
  // A pattern for all below a path is that path.
  const told = parts.map((one) => toldSetting(namedBy(one, values).replace(/\/?\*+$/, '')))
  return {
    text: joinPaths(
      told.map(({ text }) => text),
      false,
    ).replace(/^\/$/, ''),
    isUnsure: told.some(({ isUnsure }) => isUnsure),
  }
}

const ofProperties =
  (text: string): Settings =>
  (name) =>
    text
      .split(/\r?\n/)
      .map((line) => /^\s*([\w.-]+)\s*[=:]\s*(.*)$/.exec(line))
      .find((found) => found?.[1] === name)?.[2]
      ?.trim() ?? null

// One of each document.
function ofYaml(text: string): Settings[] {
  return parseAllDocuments(text).map(({ contents }) => {
    const find = (node: unknown, name: string): string | null => {
      if (name === '') return isScalar(node) ? String(node.value) : null
      if (!isMap(node)) return null
      for (const { key, value } of node.items) {
        const own = isScalar(key) ? String(key.value) : ''
        if (name !== own && !name.startsWith(`${own}.`)) continue
        const found = find(value, name.slice(own.length + 1))
        if (found !== null) return found
      }
      return null
    }
    return (name) => find(contents, name)
  })
}
