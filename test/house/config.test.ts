import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';

const enough = {
  DATABASE_URL: 'postgres://app:x@127.0.0.1:5432/hasso',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SMTP_URL: 'smtp://127.0.0.1:25',
  DOCUMENTS_DIR: '/tmp/documents',
  WEB_URL: 'http://localhost:8080',
  SESSION_SECRET: 'x'.repeat(32),
  PERSONAL_DATA_KEY: '0'.repeat(64),
};

describe('settings', () => {
  test('are checked once, with defaults, and cannot be changed afterwards', () => {
    const config = loadConfig(enough);
    expect(config.HASSO_MODE).toBe('development');
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('one error names every wrong setting and no value', () => {
    const secret = 'short-secret';
    const attempt = () => loadConfig({ ...enough, SESSION_SECRET: secret, TEMPORAL_ADDRESS: 'nowhere' });
    const messageOf = () => {
      try {
        return attempt().HASSO_MODE;
      } catch (error) {
        return String(error);
      }
    };
    expect(messageOf()).toContain('SESSION_SECRET');
    expect(messageOf()).toContain('TEMPORAL_ADDRESS');
    expect(messageOf()).not.toContain(secret);
  });

  test('in production nothing that customers read may stay an example', () => {
    expect(() => loadConfig({ ...enough, HASSO_MODE: 'production' })).toThrow(
      /OPERATOR_ADDRESS[\s\S]*MAIL_FROM/,
    );
  });

  test('no production process starts without the key that signs documents', () => {
    const own = {
      ...enough,
      HASSO_MODE: 'production',
      WEB_URL: 'https://hasso.operator.jp',
      SMTP_URL: 'smtps://mail.operator.jp',
      OPERATOR_ADDRESS: '東京都千代田区',
      MAIL_FROM: 'a@hasso.example',
      STAFF_MAIL: 'b@hasso.example',
      SUPPORT_CHANNEL: 'メール',
    };
    expect(() => loadConfig(own)).toThrow(/SIGNING_P12: must be set in production/);
    expect(loadConfig({ ...own, SIGNING_P12: '/run/signing.p12' }).SIGNING_P12).toBe('/run/signing.p12');
  });
});
