import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy, ErrorState, Loaded, Page, Panel } from '@heavylift/ui'
import { api } from '../api.ts'
import type { EngineAnswer } from '../../src/routes/engine.ts'
import { EngineProcess } from './engine-process.tsx'
import { PulledModels } from './pulled-models.tsx'
import '../models-console.css'

const key = ['models', 'engine']

/** The engine that serves pulled models on this machine: each is one more replica. */
export default function Engine() {
  const client = useQueryClient()
  const engine = useQuery({
    queryKey: key,
    refetchInterval: 2_000,
    queryFn: ({ signal }) => api.get('/engine', { signal }),
  })
  const accept = (answer: EngineAnswer) => client.setQueryData(key, answer)
  const serve = useMutation({
    mutationFn: (model: string) => api.post('/engine', { body: { model } }),
    onSuccess: accept,
  })
  const restart = useMutation({
    mutationFn: (provider: string) => api.post('/engine/restart', { body: { provider } }),
    onSuccess: accept,
  })
  return (
    <Page title="Engine" lead="Serves a pulled model on this machine; to the gateway it is one more replica.">
      {restart.isError ? <ErrorState error={restart.error} /> : null}
      {serve.isError ? <ErrorState error={serve.error} /> : null}
      <Loaded of={engine} what="Asking the engine">
        {({ isInstalled, engines, pulled }) => (
          <>
            {engines.map((each) => (
              <EngineProcess
                key={each.provider}
                engine={each}
                isRestarting={restart.isPending && restart.variables === each.provider}
                onRestart={() => restart.mutate(each.provider)}
              />
            ))}
            <div className="hl-grid hl-grid-main">
              <PulledModels
                pulled={pulled}
                served={engines.map(({ model }) => model)}
                starting={serve.isPending ? serve.variables : null}
                onServe={(model) => serve.mutate(model)}
              />
              <HowToPull isInstalled={isInstalled} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function HowToPull({ isInstalled }: { isInstalled: boolean }) {
  return (
    <Panel title="Pull a model">
      <div className="hl-stack">
        <p className="hl-dim">
          On the server’s machine, with progress, checksum and resume.
          {isInstalled ? '' : ' The first pull installs the engine as well.'}
        </p>
        <div className="models-commands">
          <span>A small one by name</span>
          <Copy text="npx heavylift models pull smollm2" label="Copy the command" />
          <span>A GGUF file that you have</span>
          <Copy text="npx heavylift models pull ./model.gguf" label="Copy the command" />
          <span>Names that can be pulled</span>
          <Copy text="npx heavylift models list" label="Copy the command" />
        </div>
      </div>
    </Panel>
  )
}
