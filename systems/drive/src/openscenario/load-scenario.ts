import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseOpenDrive } from '../opendrive/parse-opendrive.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import { parseXmlChunks } from '../xml/parse-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, optionalChild, requiredChild } from '../xml/xml-element.ts'
import type { Parameters } from './parameters.ts'
import { declaredParameters, resolveTree } from './parameters.ts'
import type { Catalogs } from './parse-openscenario.ts'
import { parseOpenScenario } from './parse-openscenario.ts'
import type { Scenario } from './scenario.ts'

/** Reads scenario files with what they refer to, each file once. */
export class ScenarioFiles {
  private readonly files = new Map<string, Promise<XmlElement>>()
  private readonly networks = new Map<string, Promise<RoadNetwork>>()

  /** The tree of an XML file. */
  read(path: string): Promise<XmlElement> {
    const known = this.files.get(path)
    if (known) return known
    const reading = parseXmlChunks(createReadStream(path, { encoding: 'utf8' }), path)
    this.files.set(path, reading)
    return reading
  }

  /** A scenario and its roads. Rejects with `drive-file-invalid`, `parameter-unknown`, `parameter-constraint`, or why a file could not be read. */
  async load(
    path: string,
    overrides: Parameters = new Map(),
  ): Promise<{ scenario: Scenario; network: RoadNetwork }> {
    const root = await this.read(path)
    const scenario = parseOpenScenario(root, await this.catalogs(root, overrides), overrides)
    return { scenario, network: await this.network(resolve(dirname(path), scenario.roadFile)) }
  }

  private network(path: string): Promise<RoadNetwork> {
    const known = this.networks.get(path)
    if (known) return known
    const loading = this.read(path).then(parseOpenDrive)
    this.networks.set(path, loading)
    return loading
  }

  private async catalogs(root: XmlElement, overrides: Parameters): Promise<Catalogs> {
    const catalogs = new Map<string, XmlElement>()
    const locations = optionalChild(root, 'CatalogLocations')
    if (!locations) return catalogs
    const parameters = declaredParameters(optionalChild(root, 'ParameterDeclarations'), overrides)
    for (const location of resolveTree(locations, parameters).children) {
      const folder = resolve(dirname(root.file), attribute(requiredChild(location, 'Directory'), 'path'))
      for (const name of (await readdir(folder)).toSorted()) {
        if (!name.endsWith('.xosc')) continue
        for (const catalog of childrenOf(await this.read(join(folder, name)), 'Catalog'))
          catalogs.set(attribute(catalog, 'name'), catalog)
      }
    }
    return catalogs
  }
}
