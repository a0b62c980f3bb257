CREATE TABLE "postal_places" (
	"code" text NOT NULL,
	"prefecture" text NOT NULL,
	"city" text NOT NULL,
	"town" text NOT NULL,
	CONSTRAINT "postal_places_code_prefecture_city_town_pk" PRIMARY KEY("code","prefecture","city","town")
);
