/** Where a page says who else has it open; filled by web/assets/presence.js, empty without scripts. */
export function Others({ path }: { path: string }) {
  return <p class="presence" role="status" data-presence={`${path}/presence`} />;
}
