import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config.ts';
import { type CodecConfig, dataConverterOf } from './payload-codec.ts';

export type TemporalConfig = Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'> & CodecConfig;

/** Opens the one connection of a process to Temporal. */
export async function connectTemporal(config: TemporalConfig): Promise<Client> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  const dataConverter = dataConverterOf(config);
  return new Client({ connection: await Connection.connect({ address }), namespace, dataConverter });
}
