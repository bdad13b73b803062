import type { EngineLoad } from '../routing/replica.ts'

/**
 * Names of the same three figures, as engines publish them: vLLM ("Production Metrics"; `gpu_cache_usage_perc` until 0.10), SGLang
 * ("Production Metrics"), llama.cpp (`llama-server --metrics`), TGI ("Metrics").
 */
const names: Record<string, keyof EngineLoad> = {
  'vllm:num_requests_running': 'running',
  'vllm:num_requests_waiting': 'waiting',
  'vllm:kv_cache_usage_perc': 'kvUse',
  'vllm:gpu_cache_usage_perc': 'kvUse',
  'sglang:num_running_reqs': 'running',
  'sglang:num_queue_reqs': 'waiting',
  'sglang:token_usage': 'kvUse',
  'llamacpp:requests_processing': 'running',
  'llamacpp:requests_deferred': 'waiting',
  'llamacpp:kv_cache_usage_ratio': 'kvUse',
  tgi_batch_current_size: 'running',
  tgi_queue_size: 'waiting',
}

/** More than an engine can have; beyond it the figure is a mistake. */
const MOST_REQUESTS = 100_000
const sample = /^([A-Za-z_:][A-Za-z0-9_:]*)(?:\{(.*)\})?\s+(\S+)/

/**
 * What an engine's metrics (Prometheus text format 0.0.4) say of its load: for `model` where it serves several by name, else of all
 * that it serves, ranks of one engine summed. Null when it is none of the engines that are known.
 */
export function readEngineLoad(text: string, model: string): EngineLoad | null {
  const seen: { of: keyof EngineLoad; model: string | null; value: number }[] = []
  for (const line of text.split('\n')) {
    const [, name = '', labels = '', number = ''] = sample.exec(line) ?? []
    const of = Object.hasOwn(names, name) ? names[name] : undefined
    const value = Number(number)
    if (of === undefined || !Number.isFinite(value) || value < 0) continue
    seen.push({ of, value, model: /(?:^|,)\s*model_name="((?:[^"\\]|\\.)*)"/.exec(labels)?.[1] ?? null })
  }
  const own = seen.filter((one) => one.model === model)
  const used = own.length > 0 ? own : seen
  const valuesOf = (of: keyof EngineLoad): number[] =>
    used.flatMap((one) => (one.of === of ? [one.value] : []))
  const requests = (of: 'running' | 'waiting'): number =>
    Math.min(
      MOST_REQUESTS,
      valuesOf(of).reduce((sum, value) => sum + value, 0),
    )
  if (valuesOf('running').length === 0 && valuesOf('waiting').length === 0) return null
  const kv = valuesOf('kvUse')
  return {
    running: requests('running'),
    waiting: requests('waiting'),
    kvUse: kv.length === 0 ? null : Math.min(1, Math.max(...kv)),
  }
}
