import { parentPort, workerData } from 'node:worker_threads'
import { trafficDigest } from './traffic-digest.ts'

parentPort?.postMessage((workerData as number[]).map((seed) => trafficDigest(seed)))
