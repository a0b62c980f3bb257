CREATE INDEX "campaigns_until" ON "campaigns" USING btree ("status","until");--> statement-breakpoint
CREATE INDEX "contract_periods_to" ON "contract_periods" USING btree ("to","from");--> statement-breakpoint
CREATE INDEX "contracts_ends" ON "contracts" USING btree ("ends_on") WHERE ends_on is not null;