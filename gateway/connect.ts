import { Client, Connection } from '@temporalio/client';

/** Opens the one connection of a process to Temporal. */
export async function connectTemporal(address: string, namespace: string): Promise<Client> {
  const connection = await Connection.connect({ address });
  return new Client({ connection, namespace });
}
