import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { openGround } from '../opendrive/open-ground.ts'
import { parseOpenDrive } from '../opendrive/parse-opendrive.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import { readXmlFile } from '../xml/read-xml-file.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, optionalChild, requiredChild, schemaError } from '../xml/xml-element.ts'
import { checkPlaces } from './check-places.ts'
import type { Parameters } from './parameters.ts'
import { declaredParameters, resolveTree } from './parameters.ts'
import { ParseMemo } from './parse-context.ts'
import type { Catalogs } from './parse-openscenario.ts'
import { instantiate } from './parse-openscenario.ts'
import { ReadingNotes } from './reading-notes.ts'
import type { Scenario } from './scenario.ts'
import { SearchFolders } from './search-folders.ts'

/** What is kept of a scenario file between its loads. */
interface Template {
  root: XmlElement
  memo: ParseMemo
  notes: ReadingNotes
  /** Null until they were read, and where their folders depend on parameters. */
  catalogs: Catalogs | null
}

export interface ReadingOptions {
  /** What is not supported is left out and noted. */
  isLenient?: boolean
  /** Folders below which roads and catalogs are looked for that are not where the scenario says; a road file for one whose roads have another name. */
  maps?: readonly string[]
  /** Roads are not read: the ground is open, and places on roads are not looked at. */
  isWithoutRoads?: boolean
}

/** Reads scenario files with what they refer to, each file once. */
export class ScenarioFiles {
  readonly #files = new Map<string, Promise<XmlElement>>()
  readonly #networks = new Map<string, Promise<RoadNetwork>>()
  readonly #templates = new Map<string, Promise<Template>>()
  readonly #roadPaths = new Map<string, string>()
  readonly #options: ReadingOptions
  readonly #elsewhere: SearchFolders
  readonly #within = new Map<string, ScenarioFiles>()

  constructor(options: ReadingOptions = {}) {
    this.#options = options
    this.#elsewhere = new SearchFolders(options.maps ?? [])
  }

  /** A reader that looks for roads and catalogs below `maps`; the same one for the same folders. */
  within(maps: readonly string[] = []): ScenarioFiles {
    if (maps.length === 0) return this
    const key = maps.join('\n')
    const found = this.#within.get(key) ?? new ScenarioFiles({ ...this.#options, maps })
    this.#within.set(key, found)
    return found
  }

  /** Paths of all files that were read. */
  get filesRead(): string[] {
    return [...this.#files.keys()]
  }

  /** The tree of an XML file. Rejects with `file-not-found`, saying who asked for it by `why`. */
  read(path: string, why?: string): Promise<XmlElement> {
    return kept(this.#files, path, () => readXmlFile(path, why))
  }

  /**
   * A scenario and its roads, and what was noted while reading. What does not depend on parameters is read once for all overrides. Rejects with
   * `drive-file-invalid`, `parameter-unknown`, `parameter-constraint`, `file-not-found`, or why a file could not be read.
   */
  async load(
    path: string,
    overrides: Parameters = new Map(),
  ): Promise<{ scenario: Scenario; network: RoadNetwork; notes: ReadingNotes }> {
    const template = await kept(this.#templates, path, async (): Promise<Template> => ({
      root: await this.read(path),
      memo: new ParseMemo(),
      notes: new ReadingNotes(this.#options.isLenient),
      catalogs: null,
    }))
    const { root, memo, notes } = template
    refuseOthers(root)
    const parameters = declaredParameters(optionalChild(root, 'ParameterDeclarations'), overrides)
    const catalogs = template.catalogs ?? (await this.#catalogs(template, parameters))
    const scenario = instantiate(root, catalogs, parameters, memo, notes)
    const network = await this.#roads(scenario, path, notes)
    if (network !== openGround) checkPlaces(notes, network)
    return { scenario, network, notes }
  }

  #roads(scenario: Scenario, path: string, notes: ReadingNotes): Promise<RoadNetwork> | RoadNetwork {
    const { roadFile } = scenario
    if (roadFile === '' || this.#options.isWithoutRoads) return openGround
    const given = resolve(dirname(path), roadFile)
    const key = `${path}\n${roadFile}`
    const found = this.#roadPaths.get(key) ?? this.#find(given, roadFile)
    this.#roadPaths.set(key, found)
    if (found !== given) notes.remark(`The roads are ${found}: there is nothing at ${given}.`)
    return this.#network(found, whyRoads(path, roadFile))
  }

  /** Where a scenario's roads are; where it says, if nowhere. */
  #find(given: string, roadFile: string): string {
    const there = [given, `${given}.xodr`, given.replaceAll('\\', '/')].find((file) => existsSync(file))
    return there ?? this.#elsewhere.roads(roadFile) ?? (/\.xodr$/i.test(given) ? given : `${given}.xodr`)
  }

  #network(path: string, why: string): Promise<RoadNetwork> {
    return kept(this.#networks, path, () => this.read(path, why).then(parseOpenDrive))
  }

  async #catalogs(template: Template, parameters: Parameters): Promise<Catalogs> {
    const { root, notes } = template
    const catalogs = new Map<string, XmlElement>()
    const locations = optionalChild(root, 'CatalogLocations')
    const resolved = locations && resolveTree(locations, parameters)
    // Several catalogs may be in one folder.
    const seen = new Set<string>()
    for (const location of resolved?.children ?? []) {
      const given = attribute(requiredChild(location, 'Directory'), 'path')
      if (given.trim() === '') continue
      for (const file of await this.#catalogFiles(resolve(dirname(root.file), given), notes)) {
        if (seen.has(file)) continue
        seen.add(file)
        try {
          for (const catalog of childrenOf(await this.read(file), 'Catalog'))
            add(catalogs, [attribute(catalog, 'name'), basename(file, '.xosc')], catalog)
        } catch (error) {
          // Whether it matters is seen when somebody asks for an entry.
          if (!(error instanceof InvalidInputError)) throw error
          notes.remark(`The catalog ${file} was left out: ${error.message}`)
        }
      }
    }
    if (resolved === locations) template.catalogs = catalogs
    return catalogs
  }

  /** The `.xosc` files at a path, which may be a folder or a file; none, with a remark, where there is nothing. */
  async #catalogFiles(given: string, notes: ReadingNotes): Promise<string[]> {
    const path = existsSync(given) ? given : this.#elsewhere.catalogs(given)
    if (path === null) {
      notes.missingCatalogs.add(given)
      notes.remark(`There is no folder ${given}: nothing of its catalogs can be used.`)
      return []
    }
    if (path !== given) notes.remark(`Catalogs are from ${path}: there is nothing at ${given}.`)
    if ((await stat(path)).isFile()) return [path]
    const names = (await readdir(path)).toSorted()
    return names.filter((name) => name.endsWith('.xosc')).map((name) => join(path, name))
  }
}

/** By its name, and by that of its file, which some use. Catalogs of one name in several files are one. */
function add(catalogs: Map<string, XmlElement>, names: readonly string[], catalog: XmlElement): void {
  for (const name of new Set(names)) {
    const known = catalogs.get(name)
    catalogs.set(name, known ? { ...known, children: [...known.children, ...catalog.children] } : catalog)
  }
}

function whyRoads(scenario: string, roadFile: string): string {
  const why = `The scenario ${scenario} takes its roads from it.`
  return /\.xodr$/i.test(roadFile)
    ? `${why} With --maps DIR it is looked for below DIR too.`
    : `${why} "${roadFile}" names a map of another simulator: give the folder that holds ${basename(roadFile)}.xodr by --maps DIR, or its road file by --maps FILE.xodr.`
}

/** Files of the same format that are no scenarios; says what they are for. */
function refuseOthers(root: XmlElement): void {
  const variations = optionalChild(root, 'ParameterValueDistribution')
  if (variations)
    throw schemaError(
      variations,
      'makes this a file of variations, not one scenario: run all of them by `heavylift drive clear VERSION --suite FILE`',
    )
  const catalog = childrenOf(root, 'Catalog')[0]
  if (catalog)
    throw schemaError(catalog, 'makes this a catalog, not a scenario; scenarios refer to its entries')
}

/** What is known under a key, else what `make` gives, which is then known. What failed is tried anew. */
function kept<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const found = known.get(key)
  if (found) return found
  const made = make()
  made.catch(() => known.delete(key))
  known.set(key, made)
  return made
}
