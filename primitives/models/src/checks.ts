import { silentLogger } from '@heavylift/core'
import type { Check, CheckInput } from '@heavylift/core'
import { checkAddress, placeOf } from '@heavylift/core/runtime/check-address'
import type { ModelsConfig } from './config.ts'
import { readConfigFile } from './table/config-file.ts'
import { effectiveTable, namesBeside, nothingPulled } from './table/effective-table.ts'
import { gatewayConfigSchema } from './table/gateway-config.ts'
import type { GatewayConfig } from './table/gateway-config.ts'
import { placeTable } from './table/place-table.ts'

/** For `heavylift doctor`: whether the table can be used, and whether its providers answer. */
export async function checkModels(config: ModelsConfig, folders: CheckInput): Promise<Check[]> {
  const file = await placeTable(config.configFile, { ...folders, log: silentLogger })
  const found = await readConfigFile(file, namesBeside(config, nothingPulled))
  const parsed = found?.parsed ?? { config: gatewayConfigSchema.parse({}) }
  if ('problems' in parsed) {
    const places = parsed.problems.map(({ line, message }) => `line ${line}: ${message}`).join(' ')
    return [
      {
        name: 'table of models',
        state: 'fail',
        found: `${file}: ${places}`,
        advice: 'Mend it; until then the one before stays in effect.',
      },
    ]
  }
  const table = effectiveTable(parsed.config, config, nothingPulled)
  const providers = await Promise.all(
    Object.entries(table.providers).flatMap(([name, provider]) =>
      addressesOf(provider).map((address) =>
        checkAddress(
          `provider ${name}`,
          placeOf(address),
          'Start it, or mend its address in the table of models.',
        ),
      ),
    ),
  )
  return [{ name: 'table of models', state: 'ok', found: found === null ? 'none' : file }, ...providers]
}

function addressesOf(provider: GatewayConfig['providers'][string]): string[] {
  if (provider.kind === 'engine') return []
  if (provider.kind === 'bedrock')
    return [provider.endpoint ?? `https://bedrock-runtime.${provider.region}.amazonaws.com`]
  return provider.replicas.map(({ url }) => url)
}
