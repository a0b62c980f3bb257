/** Only pages of the console: an address from outside must not be a way to lead people away. */
export function localTarget(next: string): string {
  return /^\/staff(?:\/(?!\/)[\w\-./]*)?(?:\?[^\s\\]*)?$/.test(next) ? next : '/staff';
}
