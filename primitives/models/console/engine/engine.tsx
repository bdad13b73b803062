import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorState, Loaded, Page } from '@heavylift/ui'
import { api } from '../api.ts'
import type { EngineAnswer } from '../../src/routes/engine.ts'
import { EngineProcess } from './engine-process.tsx'
import { PullModels } from '../first/pull-models.tsx'
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
        {({ engines, pulled }) => (
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
              <PullModels pulled={pulled.map(({ name }) => name)} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}
