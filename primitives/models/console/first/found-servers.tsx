import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorState, Loaded, Panel, StateMark } from '@heavylift/ui'
import { api } from '../api.ts'

const key = ['models', 'servers']

/** Servers of models that run on this machine already; one click puts one into the table. */
export function FoundServers({ title = 'Use a server that you have' }: { title?: string }) {
  const client = useQueryClient()
  const servers = useQuery({
    queryKey: key,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => api.get('/servers', { signal }),
  })
  const use = useMutation({
    mutationFn: (url: string) => api.post('/servers', { body: { url } }),
    onSuccess: (answer) => {
      client.setQueryData(key, answer)
      void client.invalidateQueries({ queryKey: ['models', 'config'] })
      void client.invalidateQueries({ queryKey: ['models', 'snapshot'] })
    },
  })
  return (
    <Panel
      title={title}
      note="looked for on this machine only"
      actions={
        <Button
          size="compact-sm"
          variant="default"
          loading={servers.isFetching}
          onClick={() => void servers.refetch()}
        >
          Look again
        </Button>
      }
    >
      <div className="hl-stack">
        {use.isError ? <ErrorState error={use.error} /> : null}
        <Loaded of={servers} what="Looking on the usual ports" lines={2}>
          {({ servers: found }) =>
            found.length === 0 ? (
              <p className="hl-dim">
                Nothing answers on the usual ports of Ollama, vLLM, llama.cpp, LM Studio, SGLang and Jan.
                Start one and look again, or add a provider elsewhere: anything OpenAI-compatible, Anthropic,
                Bedrock.
              </p>
            ) : (
              <ul className="models-pulls" aria-label="Servers on this machine">
                {found.map(({ kind, url, models, isUsed }) => (
                  <li key={url} className="models-pull">
                    <div className="models-pull-name">
                      <span>
                        {kind} <span className="hl-code hl-fine">{url}</span>
                      </span>
                      {isUsed ? (
                        <StateMark state="good">In the table</StateMark>
                      ) : (
                        <Button
                          size="compact-sm"
                          aria-label={`Use ${kind} at ${url}`}
                          disabled={models.length === 0}
                          loading={use.isPending && use.variables === url}
                          onClick={() => use.mutate(url)}
                        >
                          Use it
                        </Button>
                      )}
                    </div>
                    <p className="hl-dim">
                      {models.length === 0
                        ? 'It serves no model yet. Load one there, and look again.'
                        : models.slice(0, 8).join(', ') +
                          (models.length > 8 ? ` and ${models.length - 8} more` : '')}
                    </p>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        <div>
          <Button component={Link} to="/models/routes" variant="default">
            Add a provider elsewhere
          </Button>
        </div>
      </div>
    </Panel>
  )
}
