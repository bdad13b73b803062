/** A machine with GPUs of one type, as clusters of shared GPUs know it. */
export interface GpuNode {
  name: string
  cpuMilli: number
  memoryMib: number
  gpus: number
  /** '' where none is named. */
  gpuType: string
  /** For placement that knows the network; absent where a table says nothing. */
  rack?: string
}

/** What one task asks for. */
export interface Pod {
  name: string
  cpuMilli: number
  memoryMib: number
  gpus: number
  /** Thousandths of each GPU: 1000 for whole ones, which alone can be several. */
  gpuMilli: number
  /** Types it runs on; empty: any. */
  gpuTypes: string[]
}
