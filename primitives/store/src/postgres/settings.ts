import { availableParallelism, totalmem } from 'node:os'
import { clamp } from '@heavylift/core/math'

const MIB = 1024 * 1024

/**
 * Server settings for one machine that runs other things too. Given on the command line, so that a data folder from
 * an older release gets the newer settings at its next start.
 */
export function listServerSettings(
  machine = { memoryBytes: totalmem(), cores: availableParallelism() },
): Record<string, string> {
  const memoryMib = Math.floor(machine.memoryBytes / MIB)
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Three are kept for the superuser, whom nobody is.
    max_connections: '103',
    shared_buffers: mebibytes(memoryMib / 32, 64, 512),
    effective_cache_size: mebibytes(memoryMib / 4, 256, 8192),
    work_mem: '16MB',
    maintenance_work_mem: mebibytes(memoryMib / 64, 64, 256),
    max_wal_size: '1GB',
    random_page_cost: '1.1',
    // Compiling short queries costs more than it saves.
    jit: 'off',
    max_parallel_workers_per_gather: String(clamp(machine.cores - 1, 0, 2)),
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
    // A crashed client must not hold locks for ever.
    idle_in_transaction_session_timeout: '10min',
    tcp_keepalives_idle: '60',
  }
}

/** For databases that are thrown away: no waiting for the disk. */
export const throwawaySettings: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
}

function mebibytes(value: number, low: number, high: number): string {
  return `${Math.round(clamp(value, low, high))}MB`
}
