import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseOpenDrive } from '../opendrive/parse-opendrive.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import { readOrExplain } from '../xml/missing-file.ts'
import { parseXmlChunks } from '../xml/parse-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, optionalChild, requiredChild } from '../xml/xml-element.ts'
import type { Parameters } from './parameters.ts'
import { declaredParameters, resolveTree } from './parameters.ts'
import { ParseMemo } from './parse-context.ts'
import type { Catalogs } from './parse-openscenario.ts'
import { instantiate } from './parse-openscenario.ts'
import type { Scenario } from './scenario.ts'

/** What is kept of a scenario file between its loads. */
interface Template {
  root: XmlElement
  memo: ParseMemo
  /** Null until they were read, and where their folders depend on parameters. */
  catalogs: Catalogs | null
}

/** Reads scenario files with what they refer to, each file once. */
export class ScenarioFiles {
  readonly #files = new Map<string, Promise<XmlElement>>()
  readonly #networks = new Map<string, Promise<RoadNetwork>>()
  readonly #templates = new Map<string, Promise<Template>>()

  /** The tree of an XML file. Rejects with `file-not-found`, saying who asked for it by `why`. */
  read(path: string, why?: string): Promise<XmlElement> {
    return kept(this.#files, path, () =>
      readOrExplain(path, parseXmlChunks(createReadStream(path, { encoding: 'utf8' }), path), why),
    )
  }

  /**
   * A scenario and its roads. What does not depend on parameters is read once for all overrides. Rejects with `drive-file-invalid`,
   * `parameter-unknown`, `parameter-constraint`, `file-not-found`, or why a file could not be read.
   */
  async load(
    path: string,
    overrides: Parameters = new Map(),
  ): Promise<{ scenario: Scenario; network: RoadNetwork }> {
    const template = await kept(this.#templates, path, async (): Promise<Template> => ({
      root: await this.read(path),
      memo: new ParseMemo(),
      catalogs: null,
    }))
    const { root, memo } = template
    const parameters = declaredParameters(optionalChild(root, 'ParameterDeclarations'), overrides)
    const catalogs = template.catalogs ?? (await this.#catalogs(template, parameters))
    const scenario = instantiate(root, catalogs, parameters, memo)
    return { scenario, network: await this.#network(resolve(dirname(path), scenario.roadFile), path) }
  }

  #network(path: string, scenario: string): Promise<RoadNetwork> {
    return kept(this.#networks, path, () =>
      this.read(path, `The scenario ${scenario} takes its roads from it.`).then(parseOpenDrive),
    )
  }

  async #catalogs(template: Template, parameters: Parameters): Promise<Catalogs> {
    const { root } = template
    const catalogs = new Map<string, XmlElement>()
    const locations = optionalChild(root, 'CatalogLocations')
    const resolved = locations && resolveTree(locations, parameters)
    for (const location of resolved?.children ?? []) {
      const folder = resolve(dirname(root.file), attribute(requiredChild(location, 'Directory'), 'path'))
      for (const name of (
        await readOrExplain(
          folder,
          readdir(folder),
          `The scenario ${root.file} looks for its catalogs in it.`,
        )
      ).toSorted()) {
        if (!name.endsWith('.xosc')) continue
        for (const catalog of childrenOf(await this.read(join(folder, name)), 'Catalog'))
          catalogs.set(attribute(catalog, 'name'), catalog)
      }
    }
    if (resolved === locations) template.catalogs = catalogs
    return catalogs
  }
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
