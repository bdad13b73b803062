import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Copy, Panel } from '@heavylift/ui'

/** What to do when the table is empty: run a small model here, or name a server that runs one. */
export function NoModels() {
  return (
    <div className="hl-grid hl-grid-2">
      <Panel title="Run a small model on this machine">
        <div className="hl-stack">
          <p className="hl-dim">
            Fetches the engine and a model of about 100 MB, with progress and checksum, and adds it here. It
            needs no graphics card.
          </p>
          <div>
            <Copy text="npx heavylift models pull smollm2" label="Copy the command" />
          </div>
          <div>
            <Button component={Link} to="/models/engine" variant="default">
              About the engine
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title="Use a server or a provider that you have">
        <div className="hl-stack">
          <p className="hl-dim">
            vLLM, llama-server, Ollama and anything OpenAI-compatible, Anthropic, Bedrock: name its address
            once, and every client that speaks OpenAI or Anthropic can use it here.
          </p>
          <div>
            <Button component={Link} to="/models/routes">
              Add a provider
            </Button>
          </div>
        </div>
      </Panel>
    </div>
  )
}
